using Google.Protobuf;
using Tepui.Protocol.Link;
using Tepui.Protocol.V1.Scheduler;
using Tepui.Testing;

namespace Tepui.Master.Core.Tests.Frameworks;

public sealed class MessagesTests
{
    [Fact]
    public void Message_BothWays_IsPassedOn()
    {
        var master = new MasterHarness();
        var link = master.Link(An.Arrival());
        var stream = master.Subscribe(A.Framework());
        master.Settle();
        var offer = master.Offers(stream)[0];
        var data = ByteString.CopyFromUtf8("hello");
        master.Forget();

        master.Make(stream, new Call
        {
            Type = Call.Types.Type.Message,
            FrameworkId = offer.FrameworkId,
            Message = new() { AgentId = offer.AgentId, ExecutorId = new() { Value = "e" }, Data = data },
        });
        master.Send(link, new AgentFrame { ExecutorMessage = new() { FrameworkId = offer.FrameworkId, ExecutorId = new() { Value = "e" }, Data = data } });
        master.Send(link, new AgentFrame { ExecutorMessage = new() { FrameworkId = new() { Value = "nope" }, ExecutorId = new() { Value = "e" }, Data = data } });

        var there = Assert.Single(master.Frames(link)).FrameworkMessage;
        Assert.Equal((offer.FrameworkId, "e", data), (there.FrameworkId, there.ExecutorId.Value, there.Data));
        var back = Assert.Single(master.Events(stream)).Message;
        Assert.Equal((offer.AgentId, "e", data), (back.AgentId, back.ExecutorId.Value, back.Data));
        Assert.Equal(1, master.View.Counters["master/valid_executor_to_framework_messages"]);
        Assert.Equal(1, master.View.Counters["master/invalid_executor_to_framework_messages"]);
        Assert.Equal(1, master.View.Counters["master/valid_framework_to_executor_messages"]);
    }
}
