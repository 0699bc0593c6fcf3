using System.Text.Json;
using Tepui.Master.Core.Views;
using Tepui.Runtime.Json;

namespace Tepui.Master.Http.State;

/// <summary><c>/state</c>: all there is to know, as dashboards and service discovery read it.</summary>
internal static class StateDocument
{
    /// <summary>Writes the document.</summary>
    public static void Write(Utf8JsonWriter json, MasterView view, MasterIdentity master)
    {
        json.WriteStartObject();
        WriteMaster(json, master);
        WriteCounts(json, view);
        WriteLeader(json, master);
        if (master.Cluster is { } cluster)
        {
            json.WriteString("cluster"u8, cluster);
        }

        if (master.Flags.TryGetValue("log_dir", out var logDirectory))
        {
            json.WriteString("log_dir"u8, logDirectory);
        }

        if (master.Flags.TryGetValue("external_log_file", out var logFile))
        {
            json.WriteString("external_log_file"u8, logFile);
        }

        json.WritePropertyName("flags"u8);
        WriteFlags(json, master);
        AgentJson.Fragments.WriteAll(json, "slaves"u8, view.Agents);
        WriteRecovered(json, view);
        WriteFrameworks(json, "frameworks"u8, view.Frameworks);
        WriteFrameworks(json, "completed_frameworks"u8, view.CompletedFrameworks);
        WriteEmpty(json, "orphan_tasks"u8);
        WriteEmpty(json, "unregistered_frameworks"u8);
        json.WriteEndObject();
    }

    /// <summary>Writes the flags as one object of texts.</summary>
    public static void WriteFlags(Utf8JsonWriter json, MasterIdentity master)
    {
        json.WriteStartObject();
        foreach (var (name, value) in master.Flags.OrderBy(flag => flag.Key, StringComparer.Ordinal))
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    }

    /// <summary>Writes the agents that have not come back since the start.</summary>
    public static void WriteRecovered(Utf8JsonWriter json, MasterView view)
    {
        json.WriteStartArray("recovered_slaves"u8);
        foreach (var agent in view.RecoveredAgents)
        {
            AgentJson.WriteRecovered(json, agent);
        }

        json.WriteEndArray();
    }

    /// <summary>Writes a member with frameworks.</summary>
    public static void WriteFrameworks(Utf8JsonWriter json, ReadOnlySpan<byte> name, IEnumerable<FrameworkView> frameworks)
    {
        json.WriteStartArray(name);
        foreach (var framework in frameworks)
        {
            FrameworkJson.Write(json, framework);
        }

        json.WriteEndArray();
    }

    /// <summary>Writes a member that is always an empty array.</summary>
    public static void WriteEmpty(Utf8JsonWriter json, ReadOnlySpan<byte> name)
    {
        json.WriteStartArray(name);
        json.WriteEndArray();
    }

    private static void WriteMaster(Utf8JsonWriter json, MasterIdentity master)
    {
        var version = master.Version;
        json.WriteString("version"u8, version.Version);
        Optional(json, "git_sha"u8, version.HasGitSha, version.GitSha);
        Optional(json, "git_branch"u8, version.HasGitBranch, version.GitBranch);
        Optional(json, "git_tag"u8, version.HasGitTag, version.GitTag);
        json.WriteString("build_date"u8, version.BuildDate);
        JsonValues.Number(json, "build_time"u8, version.BuildTime);
        json.WriteString("build_user"u8, version.BuildUser);
        JsonValues.Time(json, "start_time"u8, master.Started);
        JsonValues.Time(json, "elected_time"u8, master.Elected);
        json.WriteString("id"u8, master.Info.Id);
        json.WriteString("pid"u8, master.Pid);
        json.WriteString("hostname"u8, master.Info.Hostname);
        json.WriteStartArray("capabilities"u8);
        foreach (var capability in master.Info.Capabilities)
        {
            json.WriteStringValue(EnumName.Of(capability.Type));
        }

        json.WriteEndArray();
    }

    private static void WriteCounts(Utf8JsonWriter json, MasterView view)
    {
        var active = view.Agents.Count(agent => agent.Active);
        JsonValues.Number(json, "activated_slaves"u8, active);
        JsonValues.Number(json, "deactivated_slaves"u8, view.Agents.Length - active);
        JsonValues.Number(json, "unreachable_slaves"u8, view.UnreachableAgents);
    }

    private static void WriteLeader(Utf8JsonWriter json, MasterIdentity master)
    {
        MessageText.Member(json, "domain"u8, master.Info.Domain);
        json.WriteString("leader"u8, master.Pid);
        json.WriteStartObject("leader_info"u8);
        json.WriteString("id"u8, master.Info.Id);
        json.WriteString("pid"u8, master.Pid);
        json.WriteNumber("port"u8, master.Info.Port);
        json.WriteString("hostname"u8, master.Info.Hostname);
        MessageText.Member(json, "domain"u8, master.Info.Domain);
        json.WriteEndObject();
    }

    private static void Optional(Utf8JsonWriter json, ReadOnlySpan<byte> name, bool set, string value)
    {
        if (set)
        {
            json.WriteString(name, value);
        }
    }
}
