using Tepui.Master.Core.Views;
using Tepui.Master.Metrics;
using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Master;
using Tepui.Runtime.Json;
using Tepui.Runtime.Logs;
using static Tepui.Protocol.V1.Master.Response.Types;
using Kind = Tepui.Protocol.V1.Master.Call.Types.Type;

namespace Tepui.Master.Http.Operator;

/// <summary>Answers to operators' questions that need nothing but a view.</summary>
internal sealed class OperatorReads(MasterIdentity master, MasterMetrics metrics, LoggingLevel logging)
{
    /// <summary>The answer to <paramref name="kind"/>, or <see langword="null"/> when it is no such question.</summary>
    public Response? Answer(Kind kind, MasterView view) => kind switch
    {
        Kind.GetHealth => new Response { Type = Response.Types.Type.GetHealth, GetHealth = new GetHealth { Healthy = true } },
        Kind.GetFlags => new Response { Type = Response.Types.Type.GetFlags, GetFlags = Flags() },
        Kind.GetVersion => new Response { Type = Response.Types.Type.GetVersion, GetVersion = new GetVersion { VersionInfo = master.Version } },
        Kind.GetMetrics => new Response { Type = Response.Types.Type.GetMetrics, GetMetrics = Metrics(view) },
        Kind.GetLoggingLevel => new Response { Type = Response.Types.Type.GetLoggingLevel, GetLoggingLevel = new GetLoggingLevel { Level = logging.Level } },
        Kind.GetState => new Response { Type = Response.Types.Type.GetState, GetState = OperatorMessages.State(view) },
        Kind.GetAgents => new Response { Type = Response.Types.Type.GetAgents, GetAgents = OperatorMessages.Agents(view) },
        Kind.GetFrameworks => new Response { Type = Response.Types.Type.GetFrameworks, GetFrameworks = OperatorMessages.Frameworks(view) },
        Kind.GetExecutors => new Response { Type = Response.Types.Type.GetExecutors, GetExecutors = OperatorMessages.Executors(view) },
        Kind.GetOperations => new Response { Type = Response.Types.Type.GetOperations, GetOperations = new GetOperations() },
        Kind.GetTasks => new Response { Type = Response.Types.Type.GetTasks, GetTasks = OperatorMessages.Tasks(view) },
        Kind.GetRoles => new Response { Type = Response.Types.Type.GetRoles, GetRoles = OperatorMessages.Roles(view) },
        Kind.GetWeights => Weights(view),
        Kind.GetMaster => new Response { Type = Response.Types.Type.GetMaster, GetMaster = Master() },
        Kind.GetMaintenanceStatus => new Response
        {
            Type = Response.Types.Type.GetMaintenanceStatus,
            GetMaintenanceStatus = new GetMaintenanceStatus { Status = new Protocol.V1.Maintenance.ClusterStatus() },
        },
        Kind.GetMaintenanceSchedule => new Response
        {
            Type = Response.Types.Type.GetMaintenanceSchedule,
            GetMaintenanceSchedule = new GetMaintenanceSchedule { Schedule = new Protocol.V1.Maintenance.Schedule() },
        },
        Kind.GetQuota => new Response { Type = Response.Types.Type.GetQuota, GetQuota = new GetQuota { Status = new Protocol.V1.Quota.QuotaStatus() } },
        _ => null,
    };

    private GetFlags Flags()
    {
        var message = new GetFlags();
        message.Flags.AddRange(master.Flags
            .OrderBy(flag => flag.Key, StringComparer.Ordinal)
            .Select(flag => new Flag { Name = flag.Key, Value = flag.Value }));
        return message;
    }

    private GetMetrics Metrics(MasterView view)
    {
        var message = new GetMetrics();
        message.Metrics.AddRange(metrics.Read(view).Select(metric => new Metric { Name = metric.Key, Value = metric.Value }));
        return message;
    }

    private static Response Weights(MasterView view)
    {
        var response = new Response { Type = Response.Types.Type.GetWeights };
        var weights = OperatorMessages.Weights(view).ToList();
        if (weights.Count > 0)
        {
            response.GetWeights = new GetWeights();
            response.GetWeights.WeightInfos.AddRange(weights);
        }

        return response;
    }

    private GetMaster Master() => new()
    {
        MasterInfo = master.Info,
        StartTime = JsonValues.Seconds(master.Started),
        ElectedTime = JsonValues.Seconds(master.Elected),
    };
}
