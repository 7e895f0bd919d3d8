/** The header by which a case and its steps know the request that they go back to; its value is the API's `requestId`. */
export const REQUEST_ID_HEADER = 'keyturn-request-id';
