using System.Runtime.CompilerServices;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.Reflection;

namespace Tepui.Protocol.Json.Fields;

/// <summary>A map from strings to messages.</summary>
internal sealed class MessageMapField<TMessage, TValue>(FieldDescriptor field) : FieldPlan(field)
    where TMessage : class, IMessage
    where TValue : class, IMessage<TValue>, new()
{
    private readonly Func<TMessage, MapField<string, TValue>> _get = FieldPlans.Getter<TMessage, MapField<string, TValue>>(field);
    private MessagePlan? _plan;

    private MessagePlan Plan => _plan ??= MessagePlan.Of(Field.MessageType.Fields.InDeclarationOrder()[1].MessageType);

    public override void Write(ref JsonSink sink, IMessage message)
    {
        var map = _get(Unsafe.As<TMessage>(message));
        if (map.Count == 0)
        {
            return;
        }

        sink.Name(Token);
        sink.Open((byte)'{');
        foreach (var (key, value) in map)
        {
            sink.Name(key);
            Plan.Write(ref sink, value);
        }

        sink.Close((byte)'}');
    }

    public override bool Has(IMessage message) => _get(Unsafe.As<TMessage>(message)).Count > 0;

    public override bool IsComplete(IMessage message)
    {
        foreach (var (_, value) in _get(Unsafe.As<TMessage>(message)))
        {
            if (!Plan.IsComplete(value))
            {
                return false;
            }
        }

        return true;
    }

    public override void FindMissing(IMessage message, string prefix, List<string> missing)
    {
        foreach (var (key, value) in _get(Unsafe.As<TMessage>(message)))
        {
            Plan.FindMissing(value, $"{prefix}{Field.Name}[{key}].", missing);
        }
    }

    protected override bool ReadItem(ref JsonScanner scanner, IMessage message, byte first)
    {
        if (first != '{')
        {
            return Unexpected(ref scanner, first);
        }

        if (!scanner.Enter())
        {
            return false;
        }

        var map = _get(Unsafe.As<TMessage>(message));
        var started = false;
        bool failed;
        while (MapReading.Next(ref scanner, ref started, out var key, out failed))
        {
            if (!ReadValue(ref scanner, map, key))
            {
                return false;
            }
        }

        scanner.Leave();
        return !failed;
    }

    private bool ReadValue(ref JsonScanner scanner, MapField<string, TValue> map, string key)
    {
        var first = scanner.Peek();
        if (first == 'n')
        {
            return scanner.Word("null"u8);
        }

        if (first != '{')
        {
            return first == '[' ? Unexpected(ref scanner, "array") : Unexpected(ref scanner, first);
        }

        var value = new TValue();
        if (!Plan.Read(ref scanner, value))
        {
            return false;
        }

        map[key] = value;
        return true;
    }
}
