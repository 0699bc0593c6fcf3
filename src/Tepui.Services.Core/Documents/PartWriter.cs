using System.Globalization;
using System.Text.Json;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Documents;

/// <summary>Writes the parts that apps and pods share. Absent values are left out, never null.</summary>
internal static class PartWriter
{
    /// <summary>Whole seconds as a whole number, others with their fraction.</summary>
    public static void WriteSeconds(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, TimeSpan time)
    {
        if (time.Ticks % TimeSpan.TicksPerSecond == 0)
        {
            writer.WriteNumber(name, time.Ticks / TimeSpan.TicksPerSecond);
        }
        else
        {
            writer.WriteNumber(name, time.TotalSeconds);
        }
    }

    /// <summary>UTC with milliseconds and a Z, as versions are named.</summary>
    public static string TimeText(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static void WriteText(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(name, text);
        }
    }

    public static void WriteNumberIf(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, double? number)
    {
        if (number is { } set)
        {
            writer.WriteNumber(name, set);
        }
    }

    public static void WriteFlagIf(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, bool? flag)
    {
        if (flag is { } set)
        {
            writer.WriteBoolean(name, set);
        }
    }

    public static void WriteTexts(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    public static void WriteTextsIfAny(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<string>? texts)
    {
        if (texts is { Count: > 0 })
        {
            writer.WriteTexts(name, texts);
        }
    }

    public static void WriteList<T>(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            writer.WriteStartObject();
            write(writer, item);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public static void WriteListIfAny<T>(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        if (items.Count > 0)
        {
            writer.WriteList(name, items, write);
        }
    }

    public static void WriteStrings(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyDictionary<string, string> map)
    {
        writer.WriteStartObject(name);
        foreach (var (key, value) in map)
        {
            writer.WriteString(key, value);
        }

        writer.WriteEndObject();
    }

    public static void WriteStringsIfAny(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyDictionary<string, string> map)
    {
        if (map.Count > 0)
        {
            writer.WriteStrings(name, map);
        }
    }

    public static void WriteEnv(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyDictionary<string, EnvValue> env)
    {
        if (env.Count == 0)
        {
            return;
        }

        writer.WriteStartObject(name);
        foreach (var (key, value) in env)
        {
            if (value.Secret is null)
            {
                writer.WriteString(key, value.Text);
            }
            else
            {
                writer.WriteStartObject(key);
                writer.WriteString("secret"u8, value.Secret);
                writer.WriteEndObject();
            }
        }

        writer.WriteEndObject();
    }

    public static void WriteSecrets(this Utf8JsonWriter writer, IReadOnlyDictionary<string, string> secrets)
    {
        if (secrets.Count == 0)
        {
            return;
        }

        writer.WriteStartObject("secrets"u8);
        foreach (var (key, source) in secrets)
        {
            writer.WriteStartObject(key);
            writer.WriteString("source"u8, source);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    /// <summary>A constraint as a list of two or three texts.</summary>
    public static void WriteConstraint(Utf8JsonWriter writer, Constraint constraint)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(constraint.Field);
        writer.WriteStringValue(Words.Of(constraint.Operator));
        if (constraint.Value is not null)
        {
            writer.WriteStringValue(constraint.Value);
        }

        writer.WriteEndArray();
    }

    public static void WriteConstraints(this Utf8JsonWriter writer, IReadOnlyList<Constraint> constraints)
    {
        writer.WriteStartArray("constraints"u8);
        foreach (var constraint in constraints)
        {
            WriteConstraint(writer, constraint);
        }

        writer.WriteEndArray();
    }

    public static void Network(Utf8JsonWriter writer, Network network)
    {
        writer.WriteString("mode"u8, Words.Of(network.Mode));
        writer.WriteText("name"u8, network.Name);
        writer.WriteStringsIfAny("labels"u8, network.Labels);
    }

    public static void Artifact(Utf8JsonWriter writer, Artifact artifact)
    {
        writer.WriteString("uri"u8, artifact.Uri);
        writer.WriteBoolean("extract"u8, artifact.Extract);
        writer.WriteBoolean("executable"u8, artifact.Executable);
        writer.WriteBoolean("cache"u8, artifact.Cache);
        writer.WriteText("destPath"u8, artifact.DestPath);
    }

    public static void WriteUpgrade(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, UpgradeStrategy upgrade)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("maximumOverCapacity"u8, upgrade.MaximumOverCapacity);
        writer.WriteNumber("minimumHealthCapacity"u8, upgrade.MinimumHealthCapacity);
        writer.WriteEndObject();
    }

    public static void WriteUnreachable(this Utf8JsonWriter writer, UnreachableStrategy? strategy)
    {
        if (strategy is null)
        {
            writer.WriteString("unreachableStrategy"u8, "disabled"u8);
            return;
        }

        writer.WriteStartObject("unreachableStrategy"u8);
        writer.WriteSeconds("inactiveAfterSeconds"u8, strategy.InactiveAfter);
        writer.WriteSeconds("expungeAfterSeconds"u8, strategy.ExpungeAfter);
        writer.WriteEndObject();
    }

    public static void WriteExecutorResources(this Utf8JsonWriter writer, ExecutorResources? resources)
    {
        if (resources is not null)
        {
            writer.WriteStartObject("executorResources"u8);
            writer.WriteNumber("cpus"u8, resources.Cpus);
            writer.WriteNumber("mem"u8, resources.Mem);
            writer.WriteNumber("disk"u8, resources.Disk);
            writer.WriteEndObject();
        }
    }

    public static void WriteLimits(this Utf8JsonWriter writer, ResourceLimits? limits)
    {
        if (limits is null)
        {
            return;
        }

        writer.WriteStartObject("resourceLimits"u8);
        WriteLimit(writer, "cpus"u8, limits.Cpus);
        WriteLimit(writer, "mem"u8, limits.Mem);
        writer.WriteEndObject();
    }

    public static void WriteLinux(this Utf8JsonWriter writer, LinuxSettings? linux)
    {
        if (linux is null)
        {
            return;
        }

        writer.WriteStartObject("linuxInfo"u8);
        if (linux.SeccompProfile is not null || linux.SeccompUnconfined is not null)
        {
            writer.WriteStartObject("seccomp"u8);
            writer.WriteText("profileName"u8, linux.SeccompProfile);
            writer.WriteFlagIf("unconfined"u8, linux.SeccompUnconfined);
            writer.WriteEndObject();
        }

        if (linux.IpcMode is not null)
        {
            writer.WriteStartObject("ipcInfo"u8);
            writer.WriteString("mode"u8, linux.IpcMode);
            writer.WriteNumberIf("shmSize"u8, linux.ShmSize);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    public static void WritePersistent(this Utf8JsonWriter writer, PersistentVolume volume)
    {
        writer.WriteStartObject("persistent"u8);
        writer.WriteNumber("size"u8, volume.SizeMb);
        writer.WriteString("type"u8, volume.Type);
        writer.WriteNumberIf("maxSize"u8, volume.MaxSizeMb);
        writer.WriteText("profileName"u8, volume.ProfileName);
        writer.WriteConstraints(volume.Constraints);
        writer.WriteEndObject();
    }

    public static void WriteVersion(this Utf8JsonWriter writer, RunSpec spec)
    {
        if (spec.Version != default)
        {
            writer.WriteString("version"u8, TimeText(spec.Version));
        }
    }

    public static void WriteVersionInfo(this Utf8JsonWriter writer, RunSpec spec)
    {
        if (spec.LastScalingAt != default || spec.LastConfigChangeAt != default)
        {
            writer.WriteStartObject("versionInfo"u8);
            writer.WriteString("lastScalingAt"u8, TimeText(spec.LastScalingAt));
            writer.WriteString("lastConfigChangeAt"u8, TimeText(spec.LastConfigChangeAt));
            writer.WriteEndObject();
        }
    }

    private static void WriteLimit(Utf8JsonWriter writer, ReadOnlySpan<byte> name, double? limit)
    {
        if (limit is { } set && double.IsPositiveInfinity(set))
        {
            writer.WriteString(name, "unlimited"u8);
        }
        else
        {
            writer.WriteNumberIf(name, limit);
        }
    }
}
