using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Tepui.Jobs.Notices.Mail;

namespace Tepui.Jobs.Tests.Notices;

/// <summary>How a mail server of the tests is reached.</summary>
public enum PostboxKind
{
    Plain,
    Tls,
    StartTls,
}

/// <summary>A real mail server (aiosmtpd) that keeps its mails. Nobody may log in but <c>me</c> with <c>it</c>; <c>gone@</c> is unknown and <c>full@</c> takes nothing now.</summary>
internal sealed class Postbox : IAsyncDisposable
{
    private const string Program = """
        import asyncio, json, ssl, sys
        from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

        class Box:
            async def handle_RCPT(self, server, session, envelope, address, options):
                if address.startswith("gone@"):
                    return "550 5.1.1 nobody here"
                if address.startswith("full@"):
                    return "452 4.2.2 mailbox full"
                envelope.rcpt_tos.append(address)
                return "250 OK"

            async def handle_DATA(self, server, session, envelope):
                print(json.dumps({"from": envelope.mail_from, "to": envelope.rcpt_tos, "tls": server.transport.get_extra_info("ssl_object") is not None, "user": session.authenticated, "text": envelope.content.decode("ascii")}), flush=True)
                return "250 OK"

        def login(server, session, envelope, mechanism, data):
            return AuthResult(success=isinstance(data, LoginPassword) and data.login == b"me" and data.password == b"it", handled=False)

        async def main():
            kind, wants_login, certificate = sys.argv[1], sys.argv[2] == "True", sys.argv[3]
            context = None
            if kind != "Plain":
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain(certificate)
            make = lambda: SMTP(Box(), auth_required=wants_login, auth_require_tls=False, authenticator=login, tls_context=context if kind == "StartTls" else None, require_starttls=kind == "StartTls")
            server = await asyncio.get_running_loop().create_server(make, "127.0.0.1", 0, ssl=context if kind == "Tls" else None)
            print(server.sockets[0].getsockname()[1], flush=True)
            await asyncio.Event().wait()

        asyncio.run(main())
        """;

    private readonly Process _process;
    private readonly string _directory;

    private Postbox(Process process, string directory, MailServer server)
    {
        _process = process;
        _directory = directory;
        Server = server;
    }

    /// <summary>How to reach it; its certificate is trusted.</summary>
    public MailServer Server { get; }

    public static async Task<Postbox> StartAsync(PostboxKind kind = PostboxKind.Plain, bool wantsLogin = false)
    {
        var directory = Directory.CreateTempSubdirectory("tepui-mail-").FullName;
        var certificate = Path.Join(directory, "certificate.pem");
        var thumbprint = await CertifyAsync(certificate);
        var process = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", Program, kind.ToString(), wantsLogin.ToString(), certificate]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var port = await process.StandardOutput.ReadLineAsync().WaitAsync(Wait.Limit) ?? throw new InvalidOperationException(await process.StandardError.ReadToEndAsync());
        return new Postbox(process, directory, new()
        {
            Host = "127.0.0.1",
            Port = int.Parse(port, System.Globalization.CultureInfo.InvariantCulture),
            From = "tepui@example.com",
            Tls = kind != PostboxKind.Plain,
            HasTlsCommand = kind == PostboxKind.StartTls,
            Trust = (_, shown, _, _) => shown?.GetCertHashString() == thumbprint,
        });
    }

    /// <summary>The next mail it took: from, to, tls, user, text.</summary>
    public async Task<JsonNode> NextAsync() => JsonNode.Parse((await _process.StandardOutput.ReadLineAsync().WaitAsync(Wait.Limit))!)!;

    /// <summary>The text in a mail.</summary>
    public static string Body(JsonNode mail)
    {
        var text = $"{mail["text"]}".ReplaceLineEndings("\n");
        return Encoding.UTF8.GetString(Convert.FromBase64String(text[(text.IndexOf("\n\n", StringComparison.Ordinal) + 2)..].Replace("\n", "", StringComparison.Ordinal)));
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private static async Task<string> CertifyAsync(string path)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await File.WriteAllTextAsync(path, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
        return certificate.GetCertHashString();
    }
}
