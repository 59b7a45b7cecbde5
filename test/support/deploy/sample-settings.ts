/** Made-up values of settings and of what a deployment makes, well-formed. */
export const sampleSettings = {
  APP_NAME: 'OKR Export',
  DEVELOPER_NAME: 'Example Organisation',
  PUBLIC_URL: 'https://bot.example.com',
  BOT_ID: '3f0c8a52-91d7-4e6b-8a3c-6e2b7d90f415',
  BOT_TENANT_ID: '22222222-2222-3333-4444-555555555555',
  BOT_PASSWORD: 'made-up',
  AAD_APP_CLIENT_ID: 'b2e94d07-5a1f-4c38-9d60-18f7a3c5e26b',
  AAD_APP_CLIENT_SECRET: 'made-up',
  AAD_APP_ID_URI: 'api://botid-3f0c8a52-91d7-4e6b-8a3c-6e2b7d90f415',
  ALLOWED_TENANTS: '22222222-2222-3333-4444-555555555555',
  ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
  DATABASE_URL: 'postgres://okr_export:made-up@database.example.com:5432/okr_export?sslmode=verify-full',
} as const;
