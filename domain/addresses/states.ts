const US = `AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware|DC District of Columbia|
FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland|
MA Massachusetts|MI Michigan|MN Minnesota|MS Mississippi|MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey|
NM New Mexico|NY New York|NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon|PA Pennsylvania|RI Rhode Island|
SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah|VT Vermont|VA Virginia|WA Washington|WV West Virginia|WI Wisconsin|
WY Wyoming|AS American Samoa|GU Guam|MP Northern Mariana Islands|PR Puerto Rico|VI Virgin Islands|FM Micronesia|MH Marshall Islands|
PW Palau|AA Armed Forces Americas|AE Armed Forces Europe|AP Armed Forces Pacific`;
const CANADA = `AB Alberta|BC British Columbia|MB Manitoba|NB New Brunswick|NL Newfoundland and Labrador|NS Nova Scotia|
NT Northwest Territories|NU Nunavut|ON Ontario|PE Prince Edward Island|QC Quebec|SK Saskatchewan|YT Yukon`;

/** The codes of USPS Publication 28, appendix B, and of Canada Post, by code and by full name in lower case. */
const STATES: Record<string, Map<string, string>> = { US: codesIn(US), CA: codesIn(CANADA) };

function codesIn(list: string): Map<string, string> {
  const entries = list.split('|').map((entry): [string, string] => {
    const [code = '', ...name] = entry.trim().split(' ');
    return [code, name.join(' ').toLowerCase()];
  });
  return new Map(entries.flatMap(([code, name]) => [[code.toLowerCase(), code] as const, [name, code] as const]));
}

/** The code of a state or province that was given by code or by name; null when the country has none of that name. */
export const stateCode = (country: 'US' | 'CA', given: string): string | null =>
  STATES[country]?.get(given.replaceAll('.', '').replaceAll(/\s+/g, ' ').replaceAll('é', 'e').trim().toLowerCase()) ??
  null;
