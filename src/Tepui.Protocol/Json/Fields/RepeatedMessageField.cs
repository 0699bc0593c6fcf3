using System.Runtime.CompilerServices;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.Reflection;

namespace Tepui.Protocol.Json.Fields;

/// <summary>A list of messages.</summary>
internal sealed class RepeatedMessageField<TMessage, TValue>(FieldDescriptor field) : FieldPlan(field)
    where TMessage : class, IMessage
    where TValue : class, IMessage<TValue>, new()
{
    private readonly Func<TMessage, RepeatedField<TValue>> _get = FieldPlans.Getter<TMessage, RepeatedField<TValue>>(field);
    private MessagePlan? _plan;

    private MessagePlan Plan => _plan ??= MessagePlan.Of(Field.MessageType);

    public override void Write(ref JsonSink sink, IMessage message)
    {
        var list = _get(Unsafe.As<TMessage>(message));
        if (list.Count == 0 && sink.Options?.WritesEmpty(Field) != true)
        {
            return;
        }

        var plan = Plan;
        sink.Name(Token);
        sink.Open((byte)'[');
        for (var i = 0; i < list.Count; i++)
        {
            sink.Separate();
            plan.Write(ref sink, list[i]);
        }

        sink.Close((byte)']');
    }

    public override bool Has(IMessage message) => _get(Unsafe.As<TMessage>(message)).Count > 0;

    public override bool IsComplete(IMessage message)
    {
        var list = _get(Unsafe.As<TMessage>(message));
        for (var i = 0; i < list.Count; i++)
        {
            if (!Plan.IsComplete(list[i]))
            {
                return false;
            }
        }

        return true;
    }

    public override void FindMissing(IMessage message, string prefix, List<string> missing)
    {
        var list = _get(Unsafe.As<TMessage>(message));
        for (var i = 0; i < list.Count; i++)
        {
            Plan.FindMissing(list[i], $"{prefix}{Field.Name}[{i}].", missing);
        }
    }

    protected override bool ReadItem(ref JsonScanner scanner, IMessage message, byte first)
    {
        if (first != '{')
        {
            return Unexpected(ref scanner, first);
        }

        var value = new TValue();
        if (!Plan.Read(ref scanner, value))
        {
            return false;
        }

        _get(Unsafe.As<TMessage>(message)).Add(value);
        return true;
    }
}
