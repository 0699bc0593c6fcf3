using Google.Protobuf;
using Google.Protobuf.Reflection;
using Tepui.Protocol.Json;
using AgentCall = Tepui.Protocol.V1.Agent.Call;
using AgentResponse = Tepui.Protocol.V1.Agent.Response;
using ExecutorCall = Tepui.Protocol.V1.Executor.Call;
using ExecutorEvent = Tepui.Protocol.V1.Executor.Event;
using MasterCall = Tepui.Protocol.V1.Master.Call;
using MasterEvent = Tepui.Protocol.V1.Master.Event;
using MasterResponse = Tepui.Protocol.V1.Master.Response;
using SchedulerCall = Tepui.Protocol.V1.Scheduler.Call;
using SchedulerEvent = Tepui.Protocol.V1.Scheduler.Event;

namespace Tepui.Protocol.Tests.Json;

/// <summary>Whatever a message holds, its JSON reads back as the same message. 100 messages of each type the API carries, from fixed seeds.</summary>
public sealed class RoundTripTests
{
    [Fact]
    public void SchedulerCall_Any_ReadsBack() => AssertReadsBack<SchedulerCall>();

    [Fact]
    public void SchedulerEvent_Any_ReadsBack() => AssertReadsBack<SchedulerEvent>();

    [Fact]
    public void ExecutorCall_Any_ReadsBack() => AssertReadsBack<ExecutorCall>();

    [Fact]
    public void ExecutorEvent_Any_ReadsBack() => AssertReadsBack<ExecutorEvent>();

    [Fact]
    public void MasterCall_Any_ReadsBack() => AssertReadsBack<MasterCall>();

    [Fact]
    public void MasterResponse_Any_ReadsBack() => AssertReadsBack<MasterResponse>();

    [Fact]
    public void MasterEvent_Any_ReadsBack() => AssertReadsBack<MasterEvent>();

    [Fact]
    public void AgentCall_Any_ReadsBack() => AssertReadsBack<AgentCall>();

    [Fact]
    public void AgentResponse_Any_ReadsBack() => AssertReadsBack<AgentResponse>();

    [Fact]
    public void Plan_EveryMessageType_WritesAndReads()
    {
        foreach (var type in Wire.Files.All.SelectMany(file => Wire.Files.MessagesOf(file)))
        {
            var message = new RandomMessages(7).Next(type);

            Assert.NotEmpty(JsonCodec.ToBytes(message));
            Assert.Equal("", RequiredFields.Missing(message));
        }
    }

    private static void AssertReadsBack<T>()
        where T : class, IMessage<T>, new()
    {
        var type = new T().Descriptor;
        for (var seed = 0; seed < 100; seed++)
        {
            var message = (T)new RandomMessages(seed).Next(type);

            var json = JsonCodec.ToBytes(message);

            Assert.True(JsonCodec.TryParse<T>(json, out var read, out var problem), $"seed {seed}: {problem?.Text}");
            Defaults(message);
            Defaults(read);
            Assert.True(message.Equals(read), $"seed {seed}: {JsonCodec.ToText(message)}\nread as {JsonCodec.ToText(read)}");
        }
    }

    // A default that was unset is written, and so is set when it is read back; set it on both sides.
    private static void Defaults(IMessage message)
    {
        foreach (var field in message.Descriptor.Fields.InDeclarationOrder())
        {
            if (field.IsMap && field.MessageType.Fields.InDeclarationOrder()[1].FieldType == FieldType.Message)
            {
                Each(((System.Collections.IDictionary)field.Accessor.GetValue(message)).Values);
            }
            else if (field is { IsRepeated: true, FieldType: FieldType.Message, IsMap: false })
            {
                Each((System.Collections.IEnumerable)field.Accessor.GetValue(message));
            }
            else if (field is { IsRepeated: false, FieldType: FieldType.Message })
            {
                Each(new[] { field.Accessor.GetValue(message) });
            }
            else if (field is { IsRepeated: false } && field.ToProto().HasDefaultValue && field.GetOptions()?.Deprecated != true)
            {
                field.Accessor.SetValue(message, field.Accessor.GetValue(message));
            }
        }

        static void Each(System.Collections.IEnumerable values)
        {
            foreach (var value in values.OfType<IMessage>().ToList())
            {
                Defaults(value);
            }
        }
    }
}
