using System.Globalization;

namespace Tepui.Testing.Simulation;

/// <summary>What happened, as lines to read: the last ones are kept, all are hashed.</summary>
internal sealed class Trace(Timeline timeline, int kept)
{
    private readonly Queue<string> _lines = new();
    private readonly DateTimeOffset _start = timeline.Now;

    /// <summary>Depends on every line so far.</summary>
    public ulong Hash { get; private set; } = 14695981039346656037;

    public IReadOnlyCollection<string> Lines => _lines;

    public void Write(string who, string what)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{(timeline.Now - _start).TotalSeconds,11:F4} {who,-12} {what}");
        foreach (var letter in line)
        {
            Hash = (Hash ^ letter) * 1099511628211;
        }

        _lines.Enqueue(line);
        if (_lines.Count > kept)
        {
            _lines.Dequeue();
        }
    }
}
