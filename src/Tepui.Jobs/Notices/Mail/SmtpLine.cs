using System.Globalization;
using System.Text;

namespace Tepui.Jobs.Notices.Mail;

/// <summary>Commands and answers over one connection.</summary>
internal sealed class SmtpLine(Stream stream)
{
    private const int LongestLine = 2000;
    private const int MostLines = 100;

    private readonly byte[] _buffer = new byte[4096];
    private int _at;
    private int _end;

    /// <summary>Nothing was received that was not read: what comes before TLS must not be taken for what comes after.</summary>
    public bool IsEmpty => _at == _end;

    /// <summary>Sends a command and reads its answer.</summary>
    public async Task<SmtpAnswer> AskAsync(string command, CancellationToken cancel)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(command + "\r\n"), cancel);
        await stream.FlushAsync(cancel);
        return await AnswerAsync(cancel);
    }

    /// <summary>Sends a mail and reads the answer. Lines that begin with a dot get one more.</summary>
    public async Task<SmtpAnswer> SendAsync(byte[] mail, CancellationToken cancel)
    {
        var text = Encoding.ASCII.GetString(mail);
        var stuffed = (text.StartsWith('.') ? "." : "") + text.Replace("\r\n.", "\r\n..", StringComparison.Ordinal);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(stuffed + ".\r\n"), cancel);
        await stream.FlushAsync(cancel);
        return await AnswerAsync(cancel);
    }

    /// <summary>Reads an answer.</summary>
    public async Task<SmtpAnswer> AnswerAsync(CancellationToken cancel)
    {
        var lines = new List<string>();
        while (true)
        {
            var line = await ReadAsync(cancel);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code) || lines.Count == MostLines)
            {
                throw new SmtpException("it does not answer like a mail server", isFinal: false);
            }

            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length == 3 || line[3] != '-')
            {
                return new(code, lines);
            }
        }
    }

    private async Task<string> ReadAsync(CancellationToken cancel)
    {
        var line = new StringBuilder();
        while (true)
        {
            if (_at == _end)
            {
                (_at, _end) = (0, await stream.ReadAsync(_buffer, cancel));
                if (_end == 0)
                {
                    throw new SmtpException("it closed the connection", isFinal: false);
                }
            }

            var next = (char)_buffer[_at++];
            if (next == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append(next);
            if (line.Length > LongestLine)
            {
                throw new SmtpException("it does not answer like a mail server", isFinal: false);
            }
        }
    }
}
