using System.Runtime.CompilerServices;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Tepui.Protocol.Json.Fields;

/// <summary>A single number, string, bool or byte string.</summary>
internal sealed class ScalarField<TMessage, TValue, TScalar>(FieldDescriptor field) : FieldPlan(field)
    where TMessage : class, IMessage
    where TScalar : struct, IScalar<TValue>
{
    private readonly Func<TMessage, TValue> _get = FieldPlans.Getter<TMessage, TValue>(field);
    private readonly Action<TMessage, TValue> _set = FieldPlans.Setter<TMessage, TValue>(field);
    private readonly Func<TMessage, bool> _has = FieldPlans.Presence<TMessage, TValue>(field);
    private readonly bool _always = FieldPlans.WritesDefault(field);

    public override void Write(ref JsonSink sink, IMessage message)
    {
        var owner = Unsafe.As<TMessage>(message);
        if (_always || _has(owner))
        {
            sink.Name(Token);
            TScalar.Write(ref sink, _get(owner));
        }
    }

    public override bool Has(IMessage message) => _has(Unsafe.As<TMessage>(message));

    protected override bool ReadItem(ref JsonScanner scanner, IMessage message, byte first)
    {
        if (!TScalar.Read(ref scanner, this, first, out var value))
        {
            return false;
        }

        _set(Unsafe.As<TMessage>(message), value);
        return true;
    }
}
