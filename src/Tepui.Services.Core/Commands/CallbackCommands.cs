using Tepui.Protocol.Services;
using Tepui.Services.Core.Events;

namespace Tepui.Services.Core.Commands;

/// <summary>HTTP callback subscribers.</summary>
internal static class CallbackCommands
{
    /// <summary>Adds or removes one; doing so twice is the same as once.</summary>
    public static CommandOutcome Set(Turn turn, ServicesCommand.SetCallback command)
    {
        var callbacks = turn.State.Callbacks;
        if (command.Subscribed ? callbacks.Add(command.Url) : callbacks.Remove(command.Url))
        {
            turn.Persist(StoreKeys.Callback(command.Url), command.Subscribed ? new CallbackEntry { Url = command.Url } : null);
        }

        turn.Publish(new ServiceEvent.CallbackChanged(command.Subscribed, turn.Origin.ClientIp, command.Url));
        return new CommandOutcome.Done();
    }
}
