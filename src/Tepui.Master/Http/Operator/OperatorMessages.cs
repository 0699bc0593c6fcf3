using System.Runtime.CompilerServices;
using Tepui.Master.Core.Views;
using Tepui.Master.Http.State;
using Tepui.Protocol.V1;
using Tepui.Runtime.Json;
using static Tepui.Protocol.V1.Master.Response.Types;

namespace Tepui.Master.Http.Operator;

/// <summary>Views as messages of the operator API. A view that did not change gives the same message again.</summary>
internal static class OperatorMessages
{
    private static readonly ConditionalWeakTable<AgentView, GetAgents.Types.Agent> KnownAgents = [];
    private static readonly ConditionalWeakTable<FrameworkView, GetFrameworks.Types.Framework> KnownFrameworks = [];
    private static readonly ConditionalWeakTable<Offer, Offer> KnownOffers = [];

    /// <summary>Tasks, executors, frameworks and agents together.</summary>
    public static GetState State(MasterView view) => new()
    {
        GetTasks = Tasks(view),
        GetExecutors = Executors(view),
        GetFrameworks = Frameworks(view),
        GetAgents = Agents(view),
    };

    /// <summary>Registered agents, and those not back yet.</summary>
    public static GetAgents Agents(MasterView view)
    {
        var message = new GetAgents();
        message.Agents.AddRange(view.Agents.Select(agent => KnownAgents.GetValue(agent, Agent)));
        message.RecoveredAgents.AddRange(view.RecoveredAgents);
        return message;
    }

    /// <summary>Frameworks, present and past.</summary>
    public static GetFrameworks Frameworks(MasterView view)
    {
        var message = new GetFrameworks();
        message.Frameworks.AddRange(view.Frameworks.Select(framework => KnownFrameworks.GetValue(framework, Framework)));
        message.CompletedFrameworks.AddRange(view.CompletedFrameworks.Select(framework => KnownFrameworks.GetValue(framework, Framework)));
        return message;
    }

    /// <summary>Executors of all frameworks.</summary>
    public static GetExecutors Executors(MasterView view)
    {
        var message = new GetExecutors();
        message.Executors.AddRange(view.Frameworks.Concat(view.CompletedFrameworks).SelectMany(framework => framework.Executors).Select(executor =>
            new GetExecutors.Types.Executor { ExecutorInfo = executor.Executor, AgentId = executor.Agent.ToWire() }));
        return message;
    }

    /// <summary>Tasks of all frameworks, past ones included.</summary>
    public static GetTasks Tasks(MasterView view)
    {
        var message = new GetTasks();
        foreach (var framework in view.Frameworks.Concat(view.CompletedFrameworks))
        {
            message.Tasks.AddRange(framework.Tasks.Select(task => task.Task));
            message.UnreachableTasks.AddRange(framework.UnreachableTasks.Select(task => task.Task));
            message.CompletedTasks.AddRange(framework.CompletedTasks.Select(task => task.Task));
        }

        return message;
    }

    /// <summary>Known roles with the scalars they hold.</summary>
    public static GetRoles Roles(MasterView view)
    {
        var message = new GetRoles();
        foreach (var role in view.Roles)
        {
            var shown = new Role { Name = role.Name, Weight = role.Weight };
            shown.Frameworks.AddRange(role.Frameworks.Select(id => id.ToWire()));
            shown.Resources.AddRange(role.Allocated.Add(role.Offered).Filter(IsScalar).Quantities.Select(sum => new Resource
            {
                Name = sum.Key,
                Type = Value.Types.Type.Scalar,
                Scalar = new Value.Types.Scalar { Value = sum.Value / 1000.0 },
            }));
            message.Roles.Add(shown);
        }

        return message;
    }

    /// <summary>Weights that were set.</summary>
    public static IEnumerable<WeightInfo> Weights(MasterView view) => view.Roles
        .Where(role => role.WeightIsSet)
        .Select(role => new WeightInfo { Role = role.Name, Weight = role.Weight });

    private static GetAgents.Types.Agent Agent(AgentView agent)
    {
        var message = new GetAgents.Types.Agent
        {
            AgentInfo = agent.Info,
            Active = agent.Active,
            Deactivated = false,
            Version = agent.Version,
            Pid = AgentJson.Pid(agent),
            RegisteredTime = Time(agent.Registered),
        };
        if (agent.Reregistered is { } reregistered)
        {
            message.ReregisteredTime = Time(reregistered);
        }

        message.TotalResources.AddRange(ResourceWire.ForReaders(agent.Total));
        message.AllocatedResources.AddRange(ResourceWire.ForReaders(agent.Allocated));
        message.OfferedResources.AddRange(ResourceWire.ForReaders(agent.Offered));
        message.Capabilities.AddRange(agent.Capabilities);
        return message;
    }

    private static GetFrameworks.Types.Framework Framework(FrameworkView framework)
    {
        var message = new GetFrameworks.Types.Framework
        {
            FrameworkInfo = framework.Info,
            Active = framework.Active,
            Connected = framework.Connected,
            Recovered = framework.Recovered,
            RegisteredTime = Time(framework.Registered),
            ReregisteredTime = Time(framework.Reregistered),
            OfferConstraints = framework.OfferConstraints ?? new Protocol.V1.Scheduler.OfferConstraints(),
        };
        if (framework.Unregistered is { } unregistered)
        {
            message.UnregisteredTime = Time(unregistered);
        }

        message.Offers.AddRange(framework.Offers.Select(offer => KnownOffers.GetValue(offer, Offer)));
        message.AllocatedResources.AddRange(ResourceWire.ForReaders(framework.Allocated));
        message.OfferedResources.AddRange(ResourceWire.ForReaders(framework.Offered));
        return message;
    }

    // Frameworks that know no refinement get offers in the older form; readers always see the newer one.
    private static Offer Offer(Offer offer)
    {
        var shown = offer.Clone();
        shown.Resources.Clear();
        shown.Resources.AddRange(Model.Resources.ResourceSet.From(offer.Resources).ToWire(Model.Resources.ResourceFormat.PostRefinement));
        return shown;
    }

    private static bool IsScalar(Model.Resources.Resource resource) => resource.Kind == Model.Resources.ResourceKind.Scalar;

    private static TimeInfo Time(DateTimeOffset time) => new() { Nanoseconds = JsonValues.Nanoseconds(time) };
}
