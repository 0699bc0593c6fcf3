using System.Collections.Frozen;
using System.Reflection;
using Google.Protobuf.Reflection;

namespace Tepui.Runtime.Json;

/// <summary>The wire's names of enum values, as in <c>TASK_RUNNING</c>.</summary>
public static class EnumName
{
    /// <summary>The name of <paramref name="value"/>; its number when the wire has no name for it.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum
        => Names<T>.ByValue.TryGetValue(value, out var name) ? name : value.ToString("D");

    private static class Names<T>
        where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, string> ByValue = typeof(T)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .GroupBy(field => (T)field.GetValue(null)!)
            .ToFrozenDictionary(
                group => group.Key,
                group => group.First().GetCustomAttribute<OriginalNameAttribute>()?.Name ?? group.First().Name);
    }
}
