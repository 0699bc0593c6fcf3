using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Tepui.Jobs.Core.Notices;

namespace Tepui.Jobs.Notices.Mail;

/// <summary>A notice as a mail (RFC 5322). Names of jobs are ASCII, so headers are; the body is in base64, so no line of it can mean anything.</summary>
internal static class MailText
{
    private const int LineLength = 76;

    /// <summary>Header and body, with lines that end in CR LF.</summary>
    public static byte[] Write(Notice notice, string from, string to)
    {
        var mail = new StringBuilder();
        Header(mail, "From", from);
        Header(mail, "To", to);
        Header(mail, "Subject", NoticeText.Subject(notice));
        Header(mail, "Date", notice.At.ToUniversalTime().ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture));
        Header(mail, "Message-ID", string.Create(CultureInfo.InvariantCulture, $"<notice-{notice.Sequence}@{from[(from.LastIndexOf('@') + 1)..]}>"));
        Header(mail, "Auto-Submitted", "auto-generated");
        Header(mail, "MIME-Version", "1.0");
        Header(mail, "Content-Type", "text/plain; charset=utf-8");
        Header(mail, "Content-Transfer-Encoding", "base64");
        mail.Append("\r\n");
        var body = Convert.ToBase64String(Encoding.UTF8.GetBytes(Body(notice)));
        for (var at = 0; at < body.Length; at += LineLength)
        {
            mail.Append(body, at, Math.Min(LineLength, body.Length - at)).Append("\r\n");
        }

        return Encoding.ASCII.GetBytes(mail.ToString());
    }

    private static void Header(StringBuilder mail, string name, string value) => mail.Append(name).Append(": ").Append(value).Append("\r\n");

    private static string Body(Notice notice)
    {
        var body = new StringBuilder();
        body.Append(NoticeText.Subject(notice)).Append("\r\n\r\n");
        if (notice.Message.Length > 0)
        {
            body.Append(notice.Message).Append("\r\n\r\n");
        }

        Line(body, "Time", NoticeText.Time(notice));
        Line(body, "Run", notice.Run?.ToString(CultureInfo.InvariantCulture));
        var job = JsonNode.Parse(notice.Document)!.AsObject();
        foreach (var (label, name) in new[] { ("Description", "description"), ("Command", "command"), ("Errors", "errorCount"), ("Successes", "successCount"), ("Last success", "lastSuccess"), ("Last error", "lastError") })
        {
            Line(body, label, job[name]?.ToString());
        }

        return body.ToString();
    }

    private static void Line(StringBuilder body, string label, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            body.Append(label).Append(": ").Append(value).Append("\r\n");
        }
    }
}
