import { redirect } from 'react-router';

export const loader = () => redirect('/items/7', 307);
