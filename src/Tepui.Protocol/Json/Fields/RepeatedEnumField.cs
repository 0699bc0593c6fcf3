using System.Runtime.CompilerServices;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.Reflection;

namespace Tepui.Protocol.Json.Fields;

/// <summary>A list of enum values.</summary>
internal sealed class RepeatedEnumField<TMessage, TEnum> : FieldPlan
    where TMessage : class, IMessage
    where TEnum : struct, Enum
{
    private readonly Func<TMessage, RepeatedField<TEnum>> _get;
    private readonly EnumNames _names;

    public RepeatedEnumField(FieldDescriptor field)
        : base(field)
    {
        _get = FieldPlans.Getter<TMessage, RepeatedField<TEnum>>(field);
        _names = new EnumNames(this);
    }

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
            _names.Write(ref sink, Unsafe.BitCast<TEnum, int>(list[i]));
        }

        sink.Close((byte)']');
    }

    public override bool Has(IMessage message) => _get(Unsafe.As<TMessage>(message)).Count > 0;

    protected override bool ReadItem(ref JsonScanner scanner, IMessage message, byte first)
    {
        if (!_names.Read(ref scanner, first, out var number))
        {
            return false;
        }

        if (number is { } known)
        {
            _get(Unsafe.As<TMessage>(message)).Add(Unsafe.BitCast<int, TEnum>(known));
        }

        return true;
    }
}
