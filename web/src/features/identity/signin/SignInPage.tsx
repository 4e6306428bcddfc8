import { Alert, Button, Form, Input } from 'antd'
import { useRef, useState } from 'react'
import { api, asRefusal, homeOf, type Refusal } from '@/api'
import { useTranslation } from '@/i18n/react'

interface Given {
  login: string
  password: string
}

/** E-mail or phone, and a password; afterwards where one wanted to go, or one's own first page. */
export default function SignInPage() {
  const { t } = useTranslation('identity')
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [busy, setBusy] = useState(false)

  const going = useRef(false)
  const signIn = async ({ login, password }: Given) => {
    if (going.current) return
    going.current = true
    setBusy(true)
    setRefusal(null)
    try {
      const me = await api.POST('/public/v1/sign-in', { body: { login: login.trim(), password } })
      location.assign(wanted() ?? homeOf(me.role))
    } catch (error) {
      setRefusal(asRefusal(error))
      setBusy(false)
      going.current = false
    }
  }
  return (
    <div>
      <h1 style={{ fontSize: 22, margin: '0 0 20px' }}>{t('sign_in.title')}</h1>
      <Form<Given> layout="vertical" size="large" onFinish={(given) => void signIn(given)} requiredMark={false}>
        <Form.Item name="login" label={t('sign_in.login')} rules={[{ required: true, message: t('sign_in.login_needed') }]}>
          <Input autoComplete="username" inputMode="email" />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('sign_in.password')}
          rules={[{ required: true, message: t('sign_in.password_needed') }]}
        >
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        {refusal ? <Alert type="error" showIcon role="alert" title={refusal.message} style={{ marginBottom: 16 }} /> : null}
        <Button type="primary" htmlType="submit" block loading={busy}>
          {t('sign_in.submit')}
        </Button>
      </Form>
    </div>
  )
}

/** Only a page of ours, never somebody else's address. */
function wanted(): string | null {
  const next = new URLSearchParams(location.search).get('next')
  return next && /^\/[a-z]/.test(next) ? next : null
}
