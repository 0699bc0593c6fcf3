using System.Text.Json;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Documents;

/// <summary>Writes checks of apps and containers of pods.</summary>
internal static class CheckWriter
{
    public static void AppHealthCheck(Utf8JsonWriter writer, AppHealthCheck check)
    {
        WriteTiming(writer, check.Timing);
        writer.WriteString("protocol"u8, Words.Of(check.Protocol));
        writer.WriteString("ipProtocol"u8, check.IsIpv6 ? "IPv6"u8 : "IPv4"u8);
        writer.WriteText("path"u8, check.Path);
        writer.WriteNumberIf("port"u8, check.Port);
        writer.WriteNumberIf("portIndex"u8, check.PortIndex);
        if (check.Command is not null)
        {
            writer.WriteStartObject("command"u8);
            writer.WriteString("value"u8, check.Command);
            writer.WriteEndObject();
        }

        if (check.Protocol is HealthProtocol.Http or HealthProtocol.Https || check.IgnoreHttp1xx)
        {
            writer.WriteBoolean("ignoreHttp1xx"u8, check.IgnoreHttp1xx);
        }
    }

    public static void ReadinessCheck(Utf8JsonWriter writer, ReadinessCheck check)
    {
        writer.WriteString("name"u8, check.Name);
        writer.WriteString("protocol"u8, check.IsHttps ? "HTTPS"u8 : "HTTP"u8);
        writer.WriteString("path"u8, check.Path);
        writer.WriteString("portName"u8, check.PortName);
        writer.WriteSeconds("intervalSeconds"u8, check.Interval);
        writer.WriteSeconds("timeoutSeconds"u8, check.Timeout);
        writer.WriteStartArray("httpStatusCodesForReady"u8);
        foreach (var code in check.ReadyStatusCodes)
        {
            writer.WriteNumberValue(code);
        }

        writer.WriteEndArray();
        writer.WriteBoolean("preserveLastResponse"u8, check.PreserveLastResponse);
    }

    public static void WritePodHealth(this Utf8JsonWriter writer, PodHealthCheck? check)
    {
        if (check is null)
        {
            return;
        }

        writer.WriteStartObject("healthCheck"u8);
        if (check.HttpEndpoint is not null)
        {
            writer.WriteStartObject("http"u8);
            writer.WriteString("endpoint"u8, check.HttpEndpoint);
            writer.WriteText("path"u8, check.HttpPath);
            writer.WriteText("scheme"u8, check.HttpScheme);
            writer.WriteEndObject();
        }

        if (check.TcpEndpoint is not null)
        {
            writer.WriteStartObject("tcp"u8);
            writer.WriteString("endpoint"u8, check.TcpEndpoint);
            writer.WriteEndObject();
        }

        WriteExec(writer, check.Shell, check.Argv, null);
        WriteTiming(writer, check.Timing);
        writer.WriteEndObject();
    }

    public static void WriteCheck(this Utf8JsonWriter writer, TaskCheck? check)
    {
        if (check is null)
        {
            return;
        }

        writer.WriteStartObject("check"u8);
        if (check.HttpScheme is not null)
        {
            writer.WriteStartObject("http"u8);
            WritePort(writer, check);
            writer.WriteText("path"u8, check.HttpPath);
            writer.WriteString("scheme"u8, check.HttpScheme);
            writer.WriteEndObject();
        }

        if (check.IsTcp)
        {
            writer.WriteStartObject("tcp"u8);
            WritePort(writer, check);
            writer.WriteEndObject();
        }

        WriteExec(writer, check.Shell, check.Argv, null);
        writer.WriteSeconds("intervalSeconds"u8, check.Interval);
        writer.WriteSeconds("timeoutSeconds"u8, check.Timeout);
        writer.WriteSeconds("delaySeconds"u8, check.Delay);
        writer.WriteEndObject();
    }

    /// <summary>A command as <c>exec</c>, if there is one.</summary>
    public static void WriteExec(this Utf8JsonWriter writer, string? shell, IReadOnlyList<string>? argv, bool? overrideEntrypoint)
    {
        if (shell is null && argv is null)
        {
            return;
        }

        writer.WriteStartObject("exec"u8);
        writer.WriteStartObject("command"u8);
        writer.WriteText("shell"u8, shell);
        if (argv is not null)
        {
            writer.WriteTexts("argv"u8, argv);
        }

        writer.WriteEndObject();
        writer.WriteFlagIf("overrideEntrypoint"u8, overrideEntrypoint);
        writer.WriteEndObject();
    }

    private static void WritePort(Utf8JsonWriter writer, TaskCheck check)
    {
        writer.WriteText("endpoint"u8, check.Endpoint);
        writer.WriteNumberIf("portIndex"u8, check.PortIndex);
        writer.WriteNumberIf("port"u8, check.Port);
    }

    private static void WriteTiming(Utf8JsonWriter writer, CheckTiming timing)
    {
        writer.WriteSeconds("gracePeriodSeconds"u8, timing.GracePeriod);
        writer.WriteSeconds("intervalSeconds"u8, timing.Interval);
        writer.WriteNumber("maxConsecutiveFailures"u8, timing.MaxConsecutiveFailures);
        writer.WriteSeconds("timeoutSeconds"u8, timing.Timeout);
        writer.WriteSeconds("delaySeconds"u8, timing.Delay);
    }
}
