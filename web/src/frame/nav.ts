import {
  IconAddressBook,
  IconBriefcase,
  IconBuilding,
  IconChecklist,
  IconFileSearch,
  IconGauge,
  IconHome,
  IconKey,
  IconMapPin,
  IconSettings,
  IconTool,
  IconTransferOut,
  IconUserPlus,
  IconUsers,
  type Icon,
} from '@tabler/icons-react';
import type { Role } from '../session/session';

/** A place of the console that its navigation names: for whom, and the keys that go there after `g`. */
export interface Place {
  label: string;
  to: string;
  icon: Icon;
  roles: readonly Role[];
  key?: string;
}

const OFFICE = ['clerk', 'supervisor'] as const;

/** The navigation, in groups from top to bottom. */
export const NAVIGATION: { title: string; places: Place[] }[] = [
  {
    title: 'Work',
    places: [
      {
        label: 'Home',
        to: '/',
        icon: IconHome,
        roles: ['clerk', 'supervisor', 'operator', 'admin', 'field'],
        key: 'h',
      },
      { label: 'Tasks', to: '/tasks', icon: IconChecklist, roles: OFFICE, key: 't' },
      { label: 'Cases', to: '/cases', icon: IconBriefcase, roles: ['clerk', 'supervisor', 'operator'], key: 'c' },
      { label: 'Service orders', to: '/orders', icon: IconTool, roles: ['clerk', 'supervisor', 'field'], key: 'o' },
    ],
  },
  {
    title: 'Keys change hands',
    places: [
      { label: 'Setup new customer', to: '/set-up', icon: IconUserPlus, roles: OFFICE, key: 'n' },
      { label: 'Move-out', to: '/move-out', icon: IconTransferOut, roles: OFFICE, key: 'm' },
    ],
  },
  {
    title: 'Records',
    places: [
      { label: 'Customers', to: '/customers', icon: IconUsers, roles: OFFICE, key: 'u' },
      { label: 'Master contacts', to: '/master-contacts', icon: IconAddressBook, roles: OFFICE },
      { label: 'Locations', to: '/locations', icon: IconMapPin, roles: OFFICE, key: 'l' },
      { label: 'Landlords', to: '/landlords', icon: IconKey, roles: OFFICE },
      { label: 'Meters', to: '/meters', icon: IconGauge, roles: OFFICE },
    ],
  },
  {
    title: 'Office',
    places: [
      { label: 'Organization', to: '/organization', icon: IconBuilding, roles: ['clerk', 'supervisor', 'admin'] },
      { label: 'Audit', to: '/audit', icon: IconFileSearch, roles: ['admin'] },
      { label: 'Settings', to: '/settings', icon: IconSettings, roles: ['admin'] },
    ],
  },
];
