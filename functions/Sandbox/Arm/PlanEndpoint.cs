using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Sandbox.Arm;

/// <summary>Reads and writes of App Service plans. Their API knows no precondition: <c>If-Match</c> is passed over.</summary>
internal sealed class PlanEndpoint(SimulatedEstate estate, ResourceWrites writes, ResourcePages pages, SandboxOptions options, TimeProvider clock)
{
    public SandboxAnswer List(SandboxRequest request, RequestRoute route, IReadOnlyList<FaultEffect> faults) =>
        pages.List<PlanSpec>(request, route, (writer, view) => PlanJson.Write(writer, view, faults));

    public SandboxAnswer Get(RequestRoute route, IReadOnlyList<FaultEffect> faults) =>
        estate.View(route.Target!) is { } view ? Show(200, view, faults) : NotFound(route);

    public SandboxAnswer ListApps(SandboxRequest request, RequestRoute route) => estate.View(route.Target!) is { Spec: PlanSpec spec }
        ? pages.List<KeyValuePair<string, int>>(
            request, route,
            (skip, take) => ([.. spec.Apps.OrderBy(app => app.Key, StringComparer.Ordinal).Skip(skip).Take(take)], skip + take < spec.Apps.Count),
            (writer, app) => PlanJson.WriteApp(writer, spec, app.Key, app.Value))
        : NotFound(route);

    /// <summary>Sizes it can have. The description of this list says no more than that it is an object.</summary>
    public SandboxAnswer ListSizes(RequestRoute route) => estate.View(route.Target!) is { Spec: PlanSpec spec }
        ? SandboxAnswer.Json(200, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("value");
            foreach (var size in spec.Offered)
            {
                PlanJson.WriteSize(writer, size);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        })
        : NotFound(route);

    public SandboxAnswer Write(SandboxRequest request, RequestRoute route, IReadOnlyList<FaultEffect> faults) =>
        estate.View(route.Target!) is not { } current ? NotFound(route)
        : request.Method == "PATCH" ? Patch(request, route, current, faults)
        : Put(request, route, current, faults);

    private SandboxAnswer Put(SandboxRequest request, RequestRoute route, ResourceView current, IReadOnlyList<FaultEffect> faults)
    {
        var (change, error) = PlanBody.Read(request.Body, current);
        if (change is null)
        {
            return SandboxAnswer.Error(400, "BadRequest", error!);
        }

        change = change with
        {
            Faults = faults,
        };
        return writes.Apply(request, route, change, outcome => Describe(request, route, faults, outcome)) ?? NotFound(route);
    }

    /// <summary>The body of a PATCH has no size: what it says of one changes nothing and is no error. A trap that is real.</summary>
    private SandboxAnswer Patch(SandboxRequest request, RequestRoute route, ResourceView current, IReadOnlyList<FaultEffect> faults)
    {
        writes.RecordIdle(request, route, 200);
        return Show(200, current, faults);
    }

    private SandboxAnswer Describe(SandboxRequest request, RequestRoute route, IReadOnlyList<FaultEffect> faults, ChangeOutcome outcome) => outcome switch
    {
        ChangeOutcome.Accepted { Operation: var operation, View: var view } when operation.HasEnded(clock.GetUtcNow()) => Show(200, view, faults),
        ChangeOutcome.Accepted { Operation: var operation, View: var view } => Show(202, view, faults)
            .With(
                options.Behavior.OperationForm == OperationForm.Location ? "Location" : "Azure-AsyncOperation",
                OperationEndpoint.Address(operation, request, options.Behavior.OperationForm == OperationForm.Location))
            .With("Retry-After", OperationEndpoint.RetryAfterSeconds),
        _ => SandboxAnswer.Error(409, "Conflict", $"Another operation is running on '{route.Target!.Name}'; try again when it has ended."),
    };

    private static SandboxAnswer Show(int status, ResourceView view, IReadOnlyList<FaultEffect> faults) =>
        SandboxAnswer.Json(status, writer => PlanJson.Write(writer, view, faults));

    private SandboxAnswer NotFound(RequestRoute route) => ResourcesEndpoint.CheckScope(estate, route) ?? SandboxAnswer.Error(
        404, "ResourceNotFound", $"There is no plan '{route.Target!.Name}' in the resource group '{route.ResourceGroup}'.");
}
