using Tepui.Frameworks.Store;
using Tepui.Protocol.Jobs;

namespace Tepui.Jobs.Store;

/// <summary>What the store of jobs holds.</summary>
internal static class StoreEntries
{
    /// <summary>Kinds of entries by the beginnings of their keys.</summary>
    public static EntryKinds Kinds { get; } = new(
        ("framework", FrameworkEntry.Parser),
        ("jobs/", JobEntry.Parser),
        ("progress/", ProgressEntry.Parser),
        ("runs/", RunEntry.Parser),
        ("notices/", NoticeEntry.Parser));
}
