using System.Globalization;
using System.Net.Security;
using Tepui.Jobs.Core.Notices;
using Tepui.Runtime.Flags;

namespace Tepui.Jobs.Notices.Mail;

/// <summary>A mail server that takes mails on for everybody.</summary>
public sealed record MailServer
{
    /// <summary>Ports on which TLS begins with a command, not with the first byte.</summary>
    private static readonly int[] CommandPorts = [25, 587];

    /// <summary>Name or address.</summary>
    public required string Host { get; init; }

    /// <summary>Port.</summary>
    public required int Port { get; init; }

    /// <summary>Address that mails come from.</summary>
    public required string From { get; init; }

    /// <summary>Who we are, if it wants to know.</summary>
    public string? User { get; init; }

    /// <summary>Its secret.</summary>
    public string? Password { get; init; }

    /// <summary>Speak TLS: from the first byte, or on ports 25 and 587 by STARTTLS.</summary>
    public bool Tls { get; init; }

    /// <summary>TLS begins with a command; as the port tells, if not set.</summary>
    internal bool? HasTlsCommand { get; init; }

    /// <summary>TLS begins with a command.</summary>
    internal bool IsTlsCommand => Tls && (HasTlsCommand ?? CommandPorts.Contains(Port));

    /// <summary>Whom to trust; <see langword="null"/>: whom the machine trusts.</summary>
    internal RemoteCertificateValidationCallback? Trust { get; init; }

    /// <summary>Reads the flags; <see langword="null"/> without a mail server.</summary>
    internal static MailServer? Read(FlagValues flags, List<string> problems) => Read(flags.Text("mail_server"), flags.Text("mail_from"), flags, problems);

    private static MailServer? Read(string? server, string? from, FlagValues flags, List<string> problems)
    {
        if (server is not { Length: > 0 })
        {
            return null;
        }

        var colon = server.LastIndexOf(':');
        var host = colon < 0 ? "" : server[..colon].Trim('[', ']');
        var port = 0;
        var before = problems.Count;
        if (host.Length == 0 || !int.TryParse(server.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > 65535)
        {
            problems.Add($"--mail_server is '{server}'; it must be HOST:PORT, as in mail.example.com:587.");
        }

        if (MailAddress.Parse(from ?? "") is not { } sender)
        {
            problems.Add(from is { Length: > 0 } ? $"--mail_from is '{from}'; it must be a mail address." : "--mail_from is missing: --mail_server needs the address that mails come from.");
            return null;
        }

        return problems.Count > before
            ? null
            : new() { Host = host, Port = port, From = sender, User = flags.Text("mail_user"), Password = flags.Text("mail_password"), Tls = flags.Boolean("mail_ssl") };
    }
}
