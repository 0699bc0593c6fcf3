using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Scheduler;
using Tepui.Sdk.Scheduler;

namespace Tepui.Sdk.Tests.Fakes;

/// <summary>Masters and frameworks for tests.</summary>
internal static class FakeMaster
{
    public static Task<FakeApi<Call>> StartAsync(double heartbeatSeconds = 15, int port = 0) => FakeApi<Call>.StartAsync(
        "/api/v1/scheduler",
        call => call.Type == Call.Types.Type.Subscribe,
        call => new Event
        {
            Type = Event.Types.Type.Subscribed,
            Subscribed = new()
            {
                FrameworkId = call.FrameworkId ?? new FrameworkID { Value = "f-1" },
                HeartbeatIntervalSeconds = heartbeatSeconds,
            },
        },
        port);

    public static SchedulerOptions Options(params string[] masters) => new()
    {
        Masters = masters,
        Framework = new() { Name = "test", User = "nobody", Roles = { "*" } },
        BackoffMin = TimeSpan.FromMilliseconds(5),
        BackoffMax = TimeSpan.FromMilliseconds(50),
    };

    public static Event Update(string task, TaskState state, byte[]? uuid = null)
    {
        var status = new TaskStatus { TaskId = new() { Value = task }, AgentId = new() { Value = "a-1" }, State = state };
        if (uuid is not null)
        {
            status.Uuid = Google.Protobuf.ByteString.CopyFrom(uuid);
        }

        return new() { Type = Event.Types.Type.Update, Update = new() { Status = status } };
    }
}
