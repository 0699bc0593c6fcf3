using System.Text.Json;
using Tepui.Frameworks.Events;
using Tepui.Jobs.Core.Documents;
using Tepui.Jobs.Core.Events;
using Tepui.Jobs.Rest.Json;
using Tepui.Runtime.Http;

namespace Tepui.Jobs.Events;

/// <summary>Turns events of the core into what subscribers read.</summary>
internal static class EventWriter
{
    /// <summary>Writes an event.</summary>
    public static EventText Write(JobEvent happened, DateTimeOffset at) => happened switch
    {
        JobEvent.JobChanged changed => Write("job_changed", at, json => JobChanged(json, changed)),
        JobEvent.JobRemoved removed => Write("job_removed", at, json => json.WriteString("job"u8, removed.Job.Value)),
        JobEvent.RunChanged changed => Write("run_changed", at, json => RunJson.WriteMembers(json, changed.Run, framework: null)),
        JobEvent.NoticeDropped dropped => Write("notice_dropped", at, json => NoticeDropped(json, dropped)),
        JobEvent.Registered registered => Write("registered", at, json => Registered(json, registered)),
        _ => Write("disconnected", at, _ => { }),
    };

    private static void JobChanged(Utf8JsonWriter json, JobEvent.JobChanged changed)
    {
        json.WriteString("job"u8, changed.Job.Name.Value);
        json.WriteBoolean("specChanged"u8, changed.SpecChanged);
        json.WritePropertyName("document"u8);
        JobDocuments.Write(json, changed.Job);
    }

    private static void NoticeDropped(Utf8JsonWriter json, JobEvent.NoticeDropped dropped)
    {
        json.WriteString("job"u8, dropped.Job.Value);
        json.WriteNumber("notice"u8, dropped.Notice);
        json.WriteString("problem"u8, dropped.Problem);
    }

    private static void Registered(Utf8JsonWriter json, JobEvent.Registered registered)
    {
        json.WriteString("framework"u8, registered.Framework);
        json.WriteString("master"u8, registered.Master);
        json.WriteBoolean("again"u8, registered.Again);
    }

    private static EventText Write(string type, DateTimeOffset at, Action<Utf8JsonWriter> members)
    {
        using var buffer = new PooledBuffer(512);
        JsonText.Write(buffer, json =>
        {
            json.WriteStartObject();
            json.WriteString("type"u8, type);
            json.WriteTime("at"u8, at);
            members(json);
            json.WriteEndObject();
        });
        return new EventText(type, buffer.WrittenSpan.ToArray());
    }
}
