/**
 * Why a request cannot be done: code for programs, message for the clerk (English, no personal data), pointer a JSON
 * pointer to the field at fault. Data, not an exception.
 */
export interface Refusal {
  code: string;
  message: string;
  pointer?: string;
}

/** Something about a form that its clerk should see; a WARNING does not stand against saving it. */
export interface FormFault extends Required<Refusal> {
  severity: 'ERROR' | 'WARNING';
  /** Records that it is about, and what can be done: never people. */
  details?: Record<string, string>;
}
