using Tepui.Model.Time;
using Tepui.Protocol.Link;
using Tepui.Protocol.V1;

namespace Tepui.Agent.Core.Registration;

/// <summary>How this agent stands with the leading master.</summary>
internal sealed class MasterLink
{
    /// <summary>Ends of executors since the hello that named them; sent once it is answered.</summary>
    public List<AgentFrame> Unsaid { get; } = [];

    /// <summary>The open link, if any.</summary>
    public LinkId? Link { get; set; }

    /// <summary>A master has admitted this agent over the open link.</summary>
    public bool Registered { get; set; }

    /// <summary>Which, once admitted.</summary>
    public MasterInfo? Master { get; set; }

    /// <summary>The highest epoch seen; nothing below it is obeyed.</summary>
    public ulong Epoch { get; set; }

    /// <summary>Silence that means the link is dead.</summary>
    public TimeSpan SilenceMax { get; set; }

    /// <summary>When it is taken for dead.</summary>
    public Alarm<Turn>? Watch { get; set; }

    /// <summary>Goes out with the next pong.</summary>
    public AgentFrame.Types.Usage? Usage { get; set; }
}
