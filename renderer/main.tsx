import './api/zod-without-eval.ts';
import { createRoot } from 'react-dom/client';
import { connect } from './api/connection.ts';
import { App } from './app/app.tsx';
import './styles.css';

connect();
createRoot(document.getElementById('studio') ?? document.body).render(<App />);
