using System.Runtime.CompilerServices;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.Reflection;

namespace Tepui.Protocol.Json.Fields;

/// <summary>A list of numbers, strings, bools or byte strings.</summary>
internal sealed class RepeatedScalarField<TMessage, TValue, TScalar>(FieldDescriptor field) : FieldPlan(field)
    where TMessage : class, IMessage
    where TScalar : struct, IScalar<TValue>
{
    private readonly Func<TMessage, RepeatedField<TValue>> _get = FieldPlans.Getter<TMessage, RepeatedField<TValue>>(field);

    public override void Write(ref JsonSink sink, IMessage message)
    {
        var list = _get(Unsafe.As<TMessage>(message));
        if (list.Count == 0 && sink.Options?.WritesEmpty(Field) != true)
        {
            return;
        }

        sink.Name(Token);
        sink.Open((byte)'[');
        for (var i = 0; i < list.Count; i++)
        {
            sink.Separate();
            TScalar.Write(ref sink, list[i]);
        }

        sink.Close((byte)']');
    }

    public override bool Has(IMessage message) => _get(Unsafe.As<TMessage>(message)).Count > 0;

    protected override bool ReadItem(ref JsonScanner scanner, IMessage message, byte first)
    {
        if (!TScalar.Read(ref scanner, this, first, out var value))
        {
            return false;
        }

        _get(Unsafe.As<TMessage>(message)).Add(value);
        return true;
    }
}
