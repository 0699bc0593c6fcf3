using Google.Protobuf;
using Tepui.Protocol.Jobs;

namespace Tepui.Jobs.Core.Notices;

/// <summary>Notices as the store holds them.</summary>
internal static class NoticeEntries
{
    /// <summary>As stored.</summary>
    public static NoticeEntry Write(Notice notice)
    {
        var entry = new NoticeEntry
        {
            Sequence = notice.Sequence,
            Kind = (int)notice.Kind,
            Job = notice.Job.Value,
            At = StoreTime.Write(notice.At),
            Message = notice.Message,
            Document = ByteString.CopyFrom(notice.Document),
            Owner = notice.Owner,
            Tries = notice.Tries,
        };
        if (notice.Run is { } run)
        {
            entry.Run = run;
        }

        if (notice.Webhook is { } webhook)
        {
            entry.Webhook = webhook;
        }

        entry.Told.AddRange(notice.Told);
        return entry;
    }

    /// <summary>From the store.</summary>
    public static Notice Read(NoticeEntry entry) => new()
    {
        Sequence = entry.Sequence,
        Kind = (NoticeKind)entry.Kind,
        Job = new(entry.Job),
        Run = entry.HasRun ? entry.Run : null,
        At = StoreTime.Read(entry.At),
        Message = entry.Message,
        Document = entry.Document.ToByteArray(),
        Owner = entry.Owner,
        Webhook = entry.HasWebhook ? entry.Webhook : null,
        Told = [.. entry.Told],
        Tries = entry.Tries,
    };
}
