using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Sandbox.Arm;

/// <summary>Reads and writes of resources whose kind only the estate declares.</summary>
internal sealed class DeclaredEndpoint(SimulatedEstate estate, ResourceWrites writes, ResourcePages pages, SandboxOptions options, TimeProvider clock)
{
    public SandboxAnswer List(SandboxRequest request, RequestRoute route)
    {
        var prefix = route.Parent is { } parent ? $"{parent.Value}/" : "";
        return estate.Spec.Declared.FirstOrDefault(spec => Is(spec.Id.ResourceType, route.Type)) is { } any && WrongVersion(request, any) is { } error
            ? error
            : pages.List<ResourceView>(
                request, route,
                (skip, take) => estate.List(
                    route.Subscription,
                    spec => Is(spec.Id.ResourceType, route.Type) && spec.Id.Value.StartsWith(prefix, StringComparison.OrdinalIgnoreCase),
                    skip, take),
                (writer, view) => DeclaredDocument.Shown(view).WriteTo(writer));
    }

    public SandboxAnswer Get(SandboxRequest request, RequestRoute route) =>
        estate.View(route.Target!) is not { } view ? NotFound(route)
        : WrongVersion(request, (DeclaredSpec)view.Spec) ?? Show(200, view);

    public SandboxAnswer Write(SandboxRequest request, RequestRoute route, IReadOnlyList<FaultEffect> faults)
    {
        if (estate.View(route.Target!) is not { } current)
        {
            return NotFound(route);
        }

        var spec = (DeclaredSpec)current.Spec;
        if (WrongVersion(request, spec) is { } wrong)
        {
            return wrong;
        }

        if (!spec.Verbs.Contains(request.Method))
        {
            return SandboxAnswer.Error(405, "MethodNotAllowed", $"{spec.Id.ResourceType} takes no {request.Method}.");
        }

        var (capacity, rest, error) = DeclaredDocument.Read(current, request.Body, request.Method == "PATCH");
        if (capacity is not { } goal)
        {
            return SandboxAnswer.Error(400, "BadRequest", error!);
        }

        var change = new CapacityChange(goal, spec.HasETag ? request.Header("If-Match") : null)
        {
            Document = rest,
            Faults = faults,
        };
        return writes.Apply(request, route, change, outcome => Describe(request, route, outcome)) ?? NotFound(route);
    }

    private SandboxAnswer Describe(SandboxRequest request, RequestRoute route, ChangeOutcome outcome) => outcome switch
    {
        ChangeOutcome.Accepted { Operation: var operation, View: var view } when operation.HasEnded(clock.GetUtcNow()) => Show(200, view),
        ChangeOutcome.Accepted { Operation: var operation } => SandboxAnswer.Empty(202)
            .With(
                options.Behavior.OperationForm == OperationForm.Location ? "Location" : "Azure-AsyncOperation",
                OperationEndpoint.Address(operation, request, options.Behavior.OperationForm == OperationForm.Location))
            .With("Retry-After", OperationEndpoint.RetryAfterSeconds),
        ChangeOutcome.Stale => SandboxAnswer.Error(412, "PreconditionFailed", $"'{route.Target!.Name}' is not of the version in If-Match any more."),
        _ => SandboxAnswer.Error(409, "Conflict", $"Another operation is running on '{route.Target!.Name}'; try again when it has ended."),
    };

    private static SandboxAnswer? WrongVersion(SandboxRequest request, DeclaredSpec spec)
    {
        var version = request.Parameter("api-version") ?? "";
        return spec.ApiVersions.Contains(version, StringComparer.OrdinalIgnoreCase) ? null : SandboxAnswer.Error(
            400, "NoRegisteredProviderFound",
            $"No provider is registered for {spec.Id.ResourceType} and api-version '{version}'. Supported: {string.Join(", ", spec.ApiVersions)}.");
    }

    private static SandboxAnswer Show(int status, ResourceView view) => SandboxAnswer.Json(status, writer => DeclaredDocument.Shown(view).WriteTo(writer));

    private SandboxAnswer NotFound(RequestRoute route) => ResourcesEndpoint.CheckScope(estate, route) ?? SandboxAnswer.Error(
        404, "ResourceNotFound", $"There is no '{route.Target!.Name}' in the resource group '{route.ResourceGroup}'.");

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
