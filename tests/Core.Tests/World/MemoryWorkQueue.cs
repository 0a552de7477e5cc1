using System.Text.Json;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.Core.Tests.World;

/// <summary>Keeps every message it was sent; a test delivers them as often and in whatever order it likes.</summary>
internal sealed class MemoryWorkQueue : IWorkQueue
{
    public List<WorkMessage> Messages { get; } = [];

    public IReadOnlyList<EvaluateRequest> Evaluations => [.. Messages
        .Where(message => message.Kind == WorkKind.Evaluate)
        .Select(message => JsonSerializer.Deserialize(message.Body, CycleJson.Default.EvaluateRequest)!)];

    public IReadOnlyList<VerifyRequest> Verifications => [.. Messages
        .Where(message => message.Kind == WorkKind.Verify)
        .Select(message => JsonSerializer.Deserialize(message.Body, CycleJson.Default.VerifyRequest)!)];

    public Task SendAsync(WorkMessage message, CancellationToken cancellationToken)
    {
        Messages.Add(message);
        return Task.CompletedTask;
    }

    /// <summary>Takes out what was sent, as a queue's trigger does.</summary>
    public IReadOnlyList<EvaluateRequest> TakeEvaluations()
    {
        var taken = Evaluations;
        Messages.RemoveAll(message => message.Kind == WorkKind.Evaluate);
        return taken;
    }

    public IReadOnlyList<VerifyRequest> TakeVerifications()
    {
        var taken = Verifications;
        Messages.RemoveAll(message => message.Kind == WorkKind.Verify);
        return taken;
    }
}
