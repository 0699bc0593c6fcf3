using System.Text.Json;
using Tepui.Agent.Core.Registration;
using Tepui.Agent.Core.Views;
using Tepui.Model.Resources;
using Tepui.Runtime.Json;

namespace Tepui.Agent.Http.State;

/// <summary><c>/state</c>: all there is to know of an agent.</summary>
internal static class StateDocument
{
    /// <summary>Writes the document.</summary>
    public static void Write(Utf8JsonWriter json, AgentView view, AgentIdentity agent)
    {
        json.WriteStartObject();
        WriteBuild(json, agent);
        JsonValues.Time(json, "start_time"u8, agent.Started);
        json.WriteString("id"u8, view.Info.Id?.Value ?? "");
        json.WriteString("pid"u8, agent.Pid);
        json.WriteString("hostname"u8, view.Info.Hostname);
        json.WriteStartArray("capabilities"u8);
        foreach (var capability in AgentCapabilities.All)
        {
            json.WriteStringValue(EnumName.Of(capability.Type));
        }

        json.WriteEndArray();
        MessageText.Member(json, "domain"u8, view.Info.Domain);
        WriteResources(json, view);
        AttributesJson.Write(json, view.Info);
        if (view.Master is { } master)
        {
            json.WriteString("master_hostname"u8, master.Hostname);
        }

        Optional(json, "log_dir"u8, agent.Flags.GetValueOrDefault("log_dir"));
        Optional(json, "external_log_file"u8, agent.Flags.GetValueOrDefault("external_log_file"));
        json.WritePropertyName("flags"u8);
        WriteFlags(json, agent.Flags);
        WriteFrameworks(json, "frameworks"u8, view.Frameworks);
        WriteFrameworks(json, "completed_frameworks"u8, view.CompletedFrameworks);
        json.WriteEndObject();
    }

    /// <summary>Writes flags as one object of texts.</summary>
    public static void WriteFlags(Utf8JsonWriter json, IReadOnlyDictionary<string, string> flags)
    {
        json.WriteStartObject();
        foreach (var (name, value) in flags.OrderBy(flag => flag.Key, StringComparer.Ordinal))
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    }

    private static void WriteBuild(Utf8JsonWriter json, AgentIdentity agent)
    {
        var version = agent.Version;
        json.WriteString("version"u8, version.Version);
        Optional(json, "git_sha"u8, version.HasGitSha ? version.GitSha : null);
        Optional(json, "git_branch"u8, version.HasGitBranch ? version.GitBranch : null);
        Optional(json, "git_tag"u8, version.HasGitTag ? version.GitTag : null);
        json.WriteString("build_date"u8, version.BuildDate);
        JsonValues.Number(json, "build_time"u8, version.BuildTime);
        json.WriteString("build_user"u8, version.BuildUser);
    }

    private static void WriteResources(Utf8JsonWriter json, AgentView view)
    {
        ResourcesJson.Write(json, "resources"u8, view.Total);
        WriteByRole(json, "reserved_resources"u8, view.Total, ResourcesJson.Write);
        ResourcesJson.Write(json, "unreserved_resources"u8, view.Total.Unreserved);
        WriteByRole(json, "reserved_resources_full"u8, view.Total, WriteFull);
        json.WritePropertyName("unreserved_resources_full"u8);
        WriteFull(json, view.Total.Unreserved);
        WriteByRole(json, "reserved_resources_allocated"u8, view.Allocated, ResourcesJson.Write);
        ResourcesJson.Write(json, "unreserved_resources_allocated"u8, view.Allocated.Unreserved);
        json.WriteStartArray("resource_providers"u8);
        json.WriteEndArray();
    }

    private static void WriteByRole(Utf8JsonWriter json, ReadOnlySpan<byte> name, ResourceSet resources, Action<Utf8JsonWriter, ResourceSet> write)
    {
        json.WriteStartObject(name);
        foreach (var role in resources.ReservedRoles)
        {
            json.WritePropertyName(role);
            write(json, resources.Reserved(role));
        }

        json.WriteEndObject();
    }

    private static void WriteFull(Utf8JsonWriter json, ResourceSet resources)
    {
        json.WriteStartArray();
        foreach (var resource in resources.ToWire(ResourceFormat.Endpoint))
        {
            MessageText.Value(json, resource);
        }

        json.WriteEndArray();
    }

    private static void WriteFrameworks(Utf8JsonWriter json, ReadOnlySpan<byte> name, IEnumerable<FrameworkView> frameworks)
    {
        json.WriteStartArray(name);
        foreach (var framework in frameworks)
        {
            FrameworkJson.Write(json, framework);
        }

        json.WriteEndArray();
    }

    private static void Optional(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
