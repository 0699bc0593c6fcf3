using System.Diagnostics.CodeAnalysis;

namespace Tepui.Agent.Core.Checks;

/// <summary>The runs of checks that have not been answered.</summary>
internal sealed class ProbeTable
{
    private readonly Dictionary<ProbeId, CheckRun> _running = [];
    private long _last;

    public ProbeId Add(CheckRun check)
    {
        var id = new ProbeId(++_last);
        _running.Add(id, check);
        return id;
    }

    public bool Take(ProbeId id, [NotNullWhen(true)] out CheckRun? check) => _running.Remove(id, out check);
}
