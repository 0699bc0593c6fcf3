using System.Reflection;
using Google.Protobuf.Reflection;
using Tepui.Protocol.Json.Fields;

namespace Tepui.Protocol.Json;

/// <summary>Makes the plan of a field from its descriptor and the generated property. The generic classes are closed over types once, here; no value passes through reflection later.</summary>
internal static class FieldPlans
{
    public static FieldPlan For(FieldDescriptor field)
    {
        var owner = field.ContainingType.ClrType;
        var property = owner.GetProperty(field.PropertyName)!;
        var (plan, arguments) = Shape(field, property.PropertyType);
        return (FieldPlan)Activator.CreateInstance(plan.MakeGenericType([owner, .. arguments]), field)!;
    }

    private static (Type Plan, Type[] Arguments) Shape(FieldDescriptor field, Type type)
    {
        if (field.IsMap)
        {
            var key = field.MessageType.Fields.InDeclarationOrder()[0];
            if (key.FieldType != FieldType.String)
            {
                throw new NotSupportedException($"{field.FullName} is a map with keys of type {key.FieldType}; JSON objects have string keys.");
            }

            var value = field.MessageType.Fields.InDeclarationOrder()[1];
            return value.FieldType == FieldType.Message
                ? (typeof(MessageMapField<,>), [value.MessageType.ClrType])
                : (typeof(ScalarMapField<,,>), Scalar(value.FieldType));
        }

        switch (field.FieldType)
        {
            case FieldType.Message:
                return (field.IsRepeated ? typeof(RepeatedMessageField<,>) : typeof(MessageField<,>), [field.MessageType.ClrType]);
            case FieldType.Enum:
                return field.IsRepeated ? (typeof(RepeatedEnumField<,>), [field.EnumType.ClrType]) : (typeof(EnumField<>), []);
            default:
                return (field.IsRepeated ? typeof(RepeatedScalarField<,,>) : typeof(ScalarField<,,>), Scalar(field.FieldType));
        }
    }

    /// <summary>Whether an unset field is written with its default.</summary>
    public static bool WritesDefault(FieldDescriptor field) =>
        field is { IsRepeated: false, FieldType: not FieldType.Message }
        && field.ToProto().HasDefaultValue
        && field.GetOptions()?.Deprecated != true;

    public static Func<TMessage, TValue> Getter<TMessage, TValue>(FieldDescriptor field) =>
        Property<TMessage>(field.PropertyName).GetMethod!.CreateDelegate<Func<TMessage, TValue>>();

    public static Action<TMessage, TValue> Setter<TMessage, TValue>(FieldDescriptor field) =>
        Property<TMessage>(field.PropertyName).SetMethod!.CreateDelegate<Action<TMessage, TValue>>();

    /// <summary>Reads whether a single value is set. Where that is not recorded (google.protobuf.Duration), a value other than zero counts as set.</summary>
    public static Func<TMessage, bool> Presence<TMessage, TValue>(FieldDescriptor field)
    {
        if (field.HasPresence)
        {
            return Property<TMessage>("Has" + field.PropertyName).GetMethod!.CreateDelegate<Func<TMessage, bool>>();
        }

        var get = Getter<TMessage, TValue>(field);
        return message => !EqualityComparer<TValue>.Default.Equals(get(message), default);
    }

    private static PropertyInfo Property<TMessage>(string name) =>
        typeof(TMessage).GetProperty(name) ?? throw new MissingMemberException(typeof(TMessage).FullName, name);

    private static Type[] Scalar(FieldType type) => type switch
    {
        FieldType.Bool => [typeof(bool), typeof(BoolScalar)],
        FieldType.String => [typeof(string), typeof(StringScalar)],
        FieldType.Bytes => [typeof(Google.Protobuf.ByteString), typeof(BytesScalar)],
        FieldType.Double => [typeof(double), typeof(DoubleScalar)],
        FieldType.Float => [typeof(float), typeof(FloatScalar)],
        FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => [typeof(int), typeof(Int32Scalar)],
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => [typeof(long), typeof(Int64Scalar)],
        FieldType.UInt32 or FieldType.Fixed32 => [typeof(uint), typeof(UInt32Scalar)],
        FieldType.UInt64 or FieldType.Fixed64 => [typeof(ulong), typeof(UInt64Scalar)],
        _ => throw new NotSupportedException($"No JSON form is known for fields of type {type}."),
    };
}
