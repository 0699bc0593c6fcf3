using System.Runtime.CompilerServices;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Tepui.Protocol.Json.Fields;

/// <summary>A single message.</summary>
internal sealed class MessageField<TMessage, TValue>(FieldDescriptor field) : FieldPlan(field)
    where TMessage : class, IMessage
    where TValue : class, IMessage<TValue>, new()
{
    private readonly Func<TMessage, TValue?> _get = FieldPlans.Getter<TMessage, TValue?>(field);
    private readonly Action<TMessage, TValue> _set = FieldPlans.Setter<TMessage, TValue>(field);
    private MessagePlan? _plan;

    // Message types may contain themselves, so plans are only linked when used.
    private MessagePlan Plan => _plan ??= MessagePlan.Of(Field.MessageType);

    public override void Write(ref JsonSink sink, IMessage message)
    {
        if (_get(Unsafe.As<TMessage>(message)) is { } value)
        {
            sink.Name(Token);
            Plan.Write(ref sink, value);
        }
    }

    public override bool Has(IMessage message) => _get(Unsafe.As<TMessage>(message)) is not null;

    public override bool IsComplete(IMessage message) =>
        _get(Unsafe.As<TMessage>(message)) is not { } value || Plan.IsComplete(value);

    public override void FindMissing(IMessage message, string prefix, List<string> missing)
    {
        if (_get(Unsafe.As<TMessage>(message)) is { } value)
        {
            Plan.FindMissing(value, $"{prefix}{Field.Name}.", missing);
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

        _set(Unsafe.As<TMessage>(message), value);
        return true;
    }
}
