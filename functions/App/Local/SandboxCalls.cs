using ScaleFunctions.App.Commands;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Sandbox;

namespace ScaleFunctions.App.Local;

/// <summary>Lets the simulated Azure's budgets call the app's webhook, as their action groups would, and tells each call.</summary>
internal sealed class SandboxCalls
{
    private readonly SandboxServer _server;
    private int _told;

    public SandboxCalls(SandboxServer server, Uri app)
    {
        _server = server;
        foreach (var group in server.Estate.Spec.ActionGroups)
        {
            server.ActionGroups.Set(group with { Webhook = new Uri(app, BudgetWebhookEndpoint.Address) });
        }
    }

    /// <summary>Waits for the calls that are under way.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        await _server.ActionGroups.SettleAsync(cancellationToken);
        var calls = _server.ActionGroups.All;
        foreach (var call in calls.Skip(_told))
        {
            Terminal.Note($"{call.At:yyyy-MM-dd HH:mm}  Azure's own budget calls its action group, which is answered {call.Status}");
        }

        _told = calls.Count;
    }
}
