using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Tepui.Services.Tests.Clients;

/// <summary>Requests as a client of Marathon sent them, byte for byte; ids of the cluster it spoke to stand as what they name, as in <c>{task /web}</c>.</summary>
internal sealed partial class Recording
{
    private static readonly string Root = FindRoot();

    private readonly string _text;

    private Recording(string name, string text)
    {
        Name = name;
        _text = text;
        var line = text[..text.IndexOf("\r\n", StringComparison.Ordinal)];
        Method = line[..line.IndexOf(' ', StringComparison.Ordinal)];
        Path = line[(Method.Length + 1)..line.LastIndexOf(' ')];
    }

    /// <summary>File name without its ending.</summary>
    public string Name { get; }

    public string Method { get; }

    public string Path { get; }

    /// <summary>What ids stand for, in order of appearance.</summary>
    public IEnumerable<string> Names => Placeholder().Matches(_text).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal);

    /// <summary>All requests of a client, in the order it sent them.</summary>
    public static IReadOnlyList<Recording> Of(string client) =>
        [.. Directory.GetFiles(System.IO.Path.Join(Root, client), "*.request").Order(StringComparer.Ordinal).Select(file => new Recording(System.IO.Path.GetFileNameWithoutExtension(file), Encoding.UTF8.GetString(File.ReadAllBytes(file))))];

    /// <summary>The status that each request is answered with, by name.</summary>
    public static IReadOnlyDictionary<string, int> StatusesOf(string client) =>
        File.ReadLines(System.IO.Path.Join(Root, client, "statuses.tsv")).Select(line => line.Split('\t')).ToDictionary(columns => columns[0], columns => int.Parse(columns[1], System.Globalization.CultureInfo.InvariantCulture), StringComparer.Ordinal);

    /// <summary>Sends it with the ids of this cluster, and gives status and content type of the answer.</summary>
    public async Task<(int Status, string Head)> SendAsync(System.Net.IPEndPoint to, IReadOnlyDictionary<string, string> ids)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(to).WaitAsync(Wait.Limit);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(WithIds(ids)));

        // Some answers are streams without an end: the head says enough.
        var head = new StringBuilder();
        var buffer = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            Assert.True(await stream.ReadAsync(buffer).AsTask().WaitAsync(Wait.Limit) == 1, $"{Method} {Path}: the connection ended after '{head}'");
            head.Append((char)buffer[0]);
        }

        return (int.Parse(head.ToString().Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture), head.ToString());
    }

    private string WithIds(IReadOnlyDictionary<string, string> ids)
    {
        var text = Placeholder().Replace(_text, match => ids[match.Groups["name"].Value]);
        var body = text[(text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        return ContentLength().Replace(text, match => $"{match.Groups["header"].Value}{Encoding.UTF8.GetByteCount(body)}", 1);
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var root = System.IO.Path.Join(folder.FullName, "tests", "Captures", "marathon-clients");
            if (Directory.Exists(root))
            {
                return root;
            }
        }

        throw new DirectoryNotFoundException($"No folder tests/Captures/marathon-clients above {AppContext.BaseDirectory}");
    }

    [GeneratedRegex(@"\{(?<name>(task|instance|version|podversion) /[a-z/]+|deployment)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"(?<header>\r\nContent-Length: )\d+", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ContentLength();
}
