/** Places in the web that the studio may open in the user's browser: where keys, models, licences and the platforms' rules are. Nothing that a document or a server names is opened. */
const HOSTS: readonly string[] = [
  'github.com', 'huggingface.co', 'replicate.com', 'platform.openai.com', 'ffmpeg.org', 'docs.comfy.org', 'www.comfy.org', 'creativecommons.org', 'opensource.org', 'www.apache.org',
  'ads.tiktok.com', 'www.facebook.com', 'support.google.com', 'business.pinterest.com', 'help.pinterest.com', 'businesshelp.snapchat.com', 'forbusiness.snapchat.com', 'business.x.com', 'help.x.com', 'www.linkedin.com', 'business.linkedin.com', 'www.iab.com', 'tech.ebu.ch',
];

/** Whether an address is https, of one of these hosts, and carries no user name. */
export function isKnownAddress(url: string): boolean {
  const parsed = URL.parse(url);
  return parsed !== null && parsed.protocol === 'https:' && parsed.port === '' && parsed.username === '' && parsed.password === '' && HOSTS.includes(parsed.hostname);
}
