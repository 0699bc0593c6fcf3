using System.Runtime.CompilerServices;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Tepui.Protocol.Json.Fields;

/// <summary>A single enum value. The delegates take the enum for the integer it is, which the runtime allows.</summary>
internal sealed class EnumField<TMessage> : FieldPlan
    where TMessage : class, IMessage
{
    private readonly Func<TMessage, int> _get;
    private readonly Action<TMessage, int> _set;
    private readonly Func<TMessage, bool> _has;
    private readonly EnumNames _names;
    private readonly bool _always;

    public EnumField(FieldDescriptor field)
        : base(field)
    {
        _get = FieldPlans.Getter<TMessage, int>(field);
        _set = FieldPlans.Setter<TMessage, int>(field);
        _has = FieldPlans.Presence<TMessage, int>(field);
        _names = new EnumNames(this);
        _always = FieldPlans.WritesDefault(field);
    }

    public override void Write(ref JsonSink sink, IMessage message)
    {
        var owner = Unsafe.As<TMessage>(message);
        if (_always || _has(owner))
        {
            sink.Name(Token);
            _names.Write(ref sink, _get(owner));
        }
    }

    public override bool Has(IMessage message) => _has(Unsafe.As<TMessage>(message));

    protected override bool ReadItem(ref JsonScanner scanner, IMessage message, byte first)
    {
        if (!_names.Read(ref scanner, first, out var number))
        {
            return false;
        }

        if (number is { } known)
        {
            _set(Unsafe.As<TMessage>(message), known);
        }

        return true;
    }
}
