using System.Runtime.CompilerServices;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.Reflection;

namespace Tepui.Protocol.Json.Fields;

/// <summary>A map from strings to numbers, strings, bools or byte strings.</summary>
internal sealed class ScalarMapField<TMessage, TValue, TScalar>(FieldDescriptor field) : FieldPlan(field)
    where TMessage : class, IMessage
    where TScalar : struct, IScalar<TValue>
{
    private readonly Func<TMessage, MapField<string, TValue>> _get = FieldPlans.Getter<TMessage, MapField<string, TValue>>(field);

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
            TScalar.Write(ref sink, value);
        }

        sink.Close((byte)'}');
    }

    public override bool Has(IMessage message) => _get(Unsafe.As<TMessage>(message)).Count > 0;

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

        if (first == '[')
        {
            return Unexpected(ref scanner, "array");
        }

        if (!TScalar.Read(ref scanner, this, first, out var value))
        {
            return false;
        }

        map[key] = value;
        return true;
    }
}
