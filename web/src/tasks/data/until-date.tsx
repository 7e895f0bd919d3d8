import { useState } from 'react';
import { DateInput } from '../../kit/date-input';

/** Until when to wait. */
export function UntilDate({ onChange }: { onChange: (until: string | null) => void }) {
  const [text, setText] = useState('');
  return (
    <DateInput
      label="Until"
      value={text}
      mb="sm"
      onChange={(value, date) => {
        setText(value);
        onChange(date);
      }}
    />
  );
}
