/**
 * Why a request cannot be done: code for programs, message for the clerk (English, no personal data), pointer a JSON
 * pointer to the field at fault. Data, not an exception.
 */
export interface Refusal {
  code: string;
  message: string;
  pointer?: string;
}
