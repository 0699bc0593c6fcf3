using Google.Protobuf;
using Tepui.Protocol.Checkpoints;

namespace Tepui.Agent.Core.Recovery;

/// <summary>What kind of message stands under which key.</summary>
public static class Checkpoints
{
    /// <summary>The parser for an entry's bytes, or <see langword="null"/> for a key this version does not know.</summary>
    public static MessageParser? ParserOf(string key)
    {
        var slash = key.IndexOf('/');
        return (slash < 0 ? key : key[..slash]) switch
        {
            Keys.Agent => AgentEntry.Parser,
            Keys.Epoch => EpochEntry.Parser,
            "frameworks" => FrameworkEntry.Parser,
            "runs" => RunEntry.Parser,
            "tasks" => TaskEntry.Parser,
            "updates" => UpdateEntry.Parser,
            "kills" => KillEntry.Parser,
            _ => null,
        };
    }
}
