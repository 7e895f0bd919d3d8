import { TextField } from './fields';
import classes from './set-up.module.css';

/** An address by its parts; one for mail may be abroad. */
export function AddressFields({ at, abroad = false }: { at: string; abroad?: boolean }) {
  return (
    <>
      <TextField at={`${at}/line1`} label="Address line 1" />
      <TextField at={`${at}/line2`} label="Address line 2 (if there is one)" nullable />
      <div className={classes.fields}>
        <TextField at={`${at}/city`} label="City" />
        <TextField at={`${at}/state`} label="State" />
        <TextField at={`${at}/postalCode`} label="Zip" />
        {abroad && <TextField at={`${at}/country`} label="Country, if not here" placeholder="CA" nullable />}
      </div>
    </>
  );
}
