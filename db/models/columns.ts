import { DataTypes, type ModelAttributeColumnOptions } from 'sequelize';

type Column = ModelAttributeColumnOptions;

/** The column kinds of this schema, so that a model reads like its table. `optional` columns may be NULL. */
export const id = (): Column => ({ type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true });
export const key = (length: number): Column => ({ type: DataTypes.STRING(length), primaryKey: true });
export const text = (length = 255): Column => ({ type: DataTypes.STRING(length), allowNull: false });
export const longText = (): Column => ({ type: DataTypes.TEXT('long'), allowNull: false });
export const bytes = (): Column => ({ type: DataTypes.BLOB('long'), allowNull: false });
export const ref = (): Column => ({ type: DataTypes.INTEGER, allowNull: false });
export const int = (): Column => ({ type: DataTypes.INTEGER, allowNull: false });
export const cents = (): Column => ({ type: DataTypes.BIGINT, allowNull: false });
export const decimal = (digits: number, places: number): Column => ({
  type: DataTypes.DECIMAL(digits, places),
  allowNull: false,
});
export const flag = (): Column => ({ type: DataTypes.BOOLEAN, allowNull: false });
export const date = (): Column => ({ type: DataTypes.DATEONLY, allowNull: false });
export const instant = (): Column => ({ type: DataTypes.DATE(3), allowNull: false });
export const json = (): Column => ({ type: DataTypes.JSON, allowNull: false });
export const optional = (column: Column): Column => ({ ...column, allowNull: true });
/** A column with a default in the table. */
export const withDefault = (column: Column, defaultValue: unknown): Column => ({ ...column, defaultValue });
