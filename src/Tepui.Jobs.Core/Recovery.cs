using Google.Protobuf;

namespace Tepui.Jobs.Core;

/// <summary>Brings the state back from what the store holds.</summary>
internal static class Recovery
{
    /// <summary>At the start.</summary>
    public static void Recover(Turn turn, IReadOnlyDictionary<string, IMessage> store)
    {
    }
}
