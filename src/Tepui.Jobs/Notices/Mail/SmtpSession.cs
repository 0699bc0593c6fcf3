using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace Tepui.Jobs.Notices.Mail;

/// <summary>Hands one mail to a mail server (RFC 5321), with TLS (RFC 3207, RFC 8314) and a login (RFC 4954) where the settings say so.</summary>
internal static class SmtpSession
{
    /// <summary>Sends it.</summary>
    /// <exception cref="SmtpException">It was not taken.</exception>
    public static async Task SendAsync(MailServer server, string to, byte[] mail, CancellationToken cancel)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(server.Host, server.Port, cancel);
            await using var stream = client.GetStream();
            await using var secure = server.Tls && !server.IsTlsCommand ? await SecureAsync(stream, server, cancel) : null;
            var line = new SmtpLine((Stream?)secure ?? stream);
            Check(await line.AnswerAsync(cancel), "greeting", isFinal: false);
            var hello = await HelloAsync(line, cancel);
            if (!server.IsTlsCommand)
            {
                await HandOverAsync(server, line, hello, to, mail, cancel);
                return;
            }

            Check(await line.AskAsync("STARTTLS", cancel), "STARTTLS", isFinal: false);
            if (!line.IsEmpty)
            {
                throw new SmtpException($"{server.Host} said more than it should before TLS", isFinal: false);
            }

            await using var upgraded = await SecureAsync(stream, server, cancel);
            var secureLine = new SmtpLine(upgraded);
            await HandOverAsync(server, secureLine, await HelloAsync(secureLine, cancel), to, mail, cancel);
        }
        catch (Exception e) when (e is SocketException or IOException or AuthenticationException)
        {
            throw new SmtpException($"{server.Host}:{server.Port}: {e.Message}", isFinal: false);
        }
    }

    private static async Task<SslStream> SecureAsync(Stream stream, MailServer server, CancellationToken cancel)
    {
        var secure = new SslStream(stream, leaveInnerStreamOpen: true);
        try
        {
            await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = server.Host, RemoteCertificateValidationCallback = server.Trust }, cancel);
            return secure;
        }
        catch
        {
            await secure.DisposeAsync();
            throw;
        }
    }

    private static async Task<SmtpAnswer> HelloAsync(SmtpLine line, CancellationToken cancel)
    {
        var name = Environment.MachineName.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.') ? Environment.MachineName : "localhost";
        return Check(await line.AskAsync($"EHLO {name}", cancel), "EHLO", isFinal: false);
    }

    private static async Task HandOverAsync(MailServer server, SmtpLine line, SmtpAnswer hello, string to, byte[] mail, CancellationToken cancel)
    {
        if (server.User is { Length: > 0 } user)
        {
            await LogInAsync(line, hello, user, server.Password ?? "", cancel);
        }

        Check(await line.AskAsync($"MAIL FROM:<{server.From}>", cancel), "the sender", isFinal: true);
        Check(await line.AskAsync($"RCPT TO:<{to}>", cancel), "the recipient", isFinal: true);
        Check(await line.AskAsync("DATA", cancel), "DATA", isFinal: true);
        Check(await line.SendAsync(mail, cancel), "the mail", isFinal: true);

        // It has the mail; how it says good-bye does not matter.
        try
        {
            await line.AskAsync("QUIT", cancel);
        }
        catch (Exception e) when (e is IOException or SmtpException or OperationCanceledException)
        {
            // As above.
        }
    }

    private static async Task LogInAsync(SmtpLine line, SmtpAnswer hello, string user, string password, CancellationToken cancel)
    {
        var ways = hello.Words("AUTH") ?? [];
        if (ways.Contains("PLAIN", StringComparer.OrdinalIgnoreCase))
        {
            Check(await line.AskAsync($"AUTH PLAIN {Encode($"\0{user}\0{password}")}", cancel), "the login", isFinal: false);
        }
        else if (ways.Contains("LOGIN", StringComparer.OrdinalIgnoreCase))
        {
            Check(await line.AskAsync("AUTH LOGIN", cancel), "the login", isFinal: false);
            Check(await line.AskAsync(Encode(user), cancel), "the user", isFinal: false);
            Check(await line.AskAsync(Encode(password), cancel), "the password", isFinal: false);
        }
        else
        {
            throw new SmtpException(ways.Count == 0 ? "the mail server lets nobody log in; it may want TLS first (--mail_ssl)" : $"the mail server lets one log in by {string.Join(", ", ways)}, not by PLAIN or LOGIN", isFinal: false);
        }
    }

    // Codes from 500 on are final; those before may be different next time.
    private static SmtpAnswer Check(SmtpAnswer answer, string step, bool isFinal) =>
        answer.IsGood ? answer : throw new SmtpException($"the mail server refused {step}: {answer}", isFinal && answer.Code >= 500);

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
