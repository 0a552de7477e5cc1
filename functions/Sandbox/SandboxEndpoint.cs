using Microsoft.AspNetCore.Http;
using ScaleFunctions.Sandbox.ActivityLogs;
using ScaleFunctions.Sandbox.Arm;
using ScaleFunctions.Sandbox.Autoscale;
using ScaleFunctions.Sandbox.Billing;
using ScaleFunctions.Sandbox.Connections;
using ScaleFunctions.Sandbox.Control;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Events;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Graph;
using ScaleFunctions.Sandbox.Limits;
using ScaleFunctions.Sandbox.Logs;
using ScaleFunctions.Sandbox.Metrics;
using ScaleFunctions.Sandbox.Prices;
using ScaleFunctions.Sandbox.Requests;
using ScaleFunctions.Sandbox.Throttling;
using ScaleFunctions.Sandbox.Time;

namespace ScaleFunctions.Sandbox;

/// <summary>Takes every request from its arrival to its answer: route, faults, gate, resource, answer.</summary>
internal sealed class SandboxEndpoint(
    SandboxOptions options, SimulatedClock clock, SimulatedEstate estate, WriteLog writes, FaultPlan faults, RequestLog requests,
    SimulatedBill bill, SimulatedBudgets budgets, SimulatedTopics topics, CancellationToken stopping)
{
    private readonly ControlEndpoint _control = new(clock, estate, writes, faults);
    private readonly ResourceWrites _writes = new(estate, writes, clock);
    private readonly ScaleSetEndpoint _scaleSets = new(
        estate, new ResourceWrites(estate, writes, clock), new ResourcePages(estate, options.PageSize), options);
    private readonly PlanEndpoint _plans = new(
        estate, new ResourceWrites(estate, writes, clock), new ResourcePages(estate, options.PageSize), options, clock);
    private readonly DeclaredRouter _declaredRoutes = new(options.Estate);
    private readonly DeclaredEndpoint _declared = new(
        estate, new ResourceWrites(estate, writes, clock), new ResourcePages(estate, options.PageSize), options, clock);
    private readonly VirtualMachineEndpoint _machines = new(
        estate, new ResourceWrites(estate, writes, clock), new ResourcePages(estate, options.PageSize), options);
    private readonly AutoscaleEndpoint _autoscale = new(
        estate, new ResourcePages(estate, options.PageSize), new ResourceWrites(estate, writes, clock));
    private readonly OperationEndpoint _operations = new(estate, clock);
    private readonly ResourcesEndpoint _resources = new(estate);
    private readonly EstateListsEndpoint _lists = new(estate, clock);
    private readonly GraphEndpoint _graph = new(estate);
    private readonly MetricsEndpoint _metrics = new(estate, clock, options.MetricDelay);
    private readonly MetricDefinitionsEndpoint _definitions = new(estate);
    private readonly LogQueryEndpoint _logs = new(options.Estate.LogQueries, clock);
    private readonly SimulatedLimits _rights = new(estate);
    private readonly LimitsEndpoint _limits = new(estate, new SimulatedLimits(estate), new ResourcePages(estate, options.PageSize));
    private readonly ActivityLogEndpoint _activity = new(estate, writes, new ResourcePages(estate, options.PageSize), clock);
    private readonly PricesEndpoint _prices = new(options.Estate.Prices, options.PageSize);
    private readonly CostEndpoint _costs = new(bill, new QueryUnits(options.Throttle.CostQueries), clock);
    private readonly UsageDetailsEndpoint _usageDetails = new(bill, clock);
    private readonly BudgetEndpoint _budgets = new(bill, budgets, new ResourceWrites(estate, writes, clock));
    private readonly RequestGate _gate = new(new ArmThrottle(options.Throttle), clock);
    private long _sequence;

    public Func<RequestObservation, CancellationToken, ValueTask>? Observer { get; set; } = options.Observer;

    public async Task HandleAsync(HttpContext context)
    {
        var isControl = string.Equals(context.Request.Host.Host, ControlEndpoint.Host, StringComparison.OrdinalIgnoreCase);
        var sequence = isControl ? 0 : Interlocked.Increment(ref _sequence);
        var request = await SandboxRequest.ReadAsync(context.Request, sequence, context.RequestAborted).ConfigureAwait(false);
        if (isControl)
        {
            var answer = await _control.HandleAsync(request, context.RequestAborted).ConfigureAwait(false);
            await SendAsync(context, request, answer).ConfigureAwait(false);
            return;
        }

        var route = RequestRouter.Route(request.Method, request.Host, request.Path);
        if (route.Kind == RequestKind.Unexpected)
        {
            route = _declaredRoutes.Route(request.Method, request.Host, request.Path);
        }

        if (route.Kind == RequestKind.Unexpected)
        {
            route = BillingRouter.Route(request.Method, request.Host, request.Path);
        }

        requests.Add(request.Method, route.Kind, $"{request.Method} https://{request.Target}");
        await ObserveAsync(RequestMoment.Received, request, route, null).ConfigureAwait(false);
        await ExchangeAsync(context, request, route).ConfigureAwait(false);
    }

    // From here on the request has arrived: it is handled even if its client dies, as Azure does.
    private async Task ExchangeAsync(HttpContext context, SandboxRequest request, RequestRoute route)
    {
        var met = faults.Meet(request.Method, request.Target, clock.GetUtcNow());
        foreach (var delay in met.OfType<DelayAnswer>())
        {
            await clock.SpendAsync(delay.Wait, stopping).ConfigureAwait(false);
        }

        var answer = await AnswerAsync(request, route, met).ConfigureAwait(false);
        options.Recorder?.Invoke(RecordedExchange.Of(request, met.Any(fault => fault is AnswerWith) ? null : answer));
        try
        {
            await AnswerOrCutAsync(context, request, answer, met).ConfigureAwait(false);
        }
        finally
        {
            await ObserveAsync(RequestMoment.Answered, request, route, answer?.Status).ConfigureAwait(false);
        }
    }

    private async Task AnswerOrCutAsync(HttpContext context, SandboxRequest request, SandboxAnswer? answer, IReadOnlyList<FaultEffect> met)
    {
        if (answer is null || met.Any(fault => fault is DropAfterLanding))
        {
            context.Abort();
            return;
        }

        if (answer.Status == 429)
        {
            requests.AddThrottled();
        }

        var cut = met.OfType<TruncateAnswer>().FirstOrDefault();
        await SendAsync(context, request, cut is null ? answer : FaultAnswers.Cut(answer, cut)).ConfigureAwait(false);
        if (cut is not null)
        {
            context.Abort();
        }
    }

    /// <summary>The answer; nothing when the connection is to be cut before the request was handled.</summary>
    private async Task<SandboxAnswer?> AnswerAsync(SandboxRequest request, RequestRoute route, IReadOnlyList<FaultEffect> met)
    {
        var ending = met.FirstOrDefault(fault => fault is DropBeforeLanding or Throttle or AnswerWith);
        if (ending is DropBeforeLanding or Throttle or AnswerWith { Lands: false })
        {
            var early = ending is DropBeforeLanding ? null : FaultAnswers.Create(ending);
            RecordRefused(request, route, early?.Status);
            return early;
        }

        var passage = _gate.Check(request, route);
        if (passage.Refusal is { } refusal)
        {
            RecordRefused(request, route, refusal.Status);
            return passage.Mark(refusal);
        }

        if (request.Principal is { } principal && _rights.Refuse(route, principal) is { } denied)
        {
            RecordRefused(request, route, denied.Status);
            return passage.Mark(denied);
        }

        var answer = Handle(request, route, met);
        if (IsWrite(request, route) && answer.Status is 400 or 404)
        {
            RecordRefused(request, route, answer.Status);
        }

        if (route.IsWrite && answer.Status is 200 or 201 or 202)
        {
            await ObserveAsync(RequestMoment.Applied, request, route, null).ConfigureAwait(false);
        }

        return passage.Mark(ending is AnswerWith ? FaultAnswers.Create(ending) : answer);
    }

    private SandboxAnswer Handle(SandboxRequest request, RequestRoute route, IReadOnlyList<FaultEffect> met) => route.Kind switch
    {
        RequestKind.SubscriptionList => _resources.ListSubscriptions(),
        RequestKind.Subscription => _resources.GetSubscription(route),
        RequestKind.Provider => _resources.GetProvider(route),
        RequestKind.ResourceGroupList => _lists.ResourceGroups(route),
        RequestKind.DenyAssignmentList => _lists.DenyAssignments(route),
        RequestKind.ResourceGraph => _graph.Query(request, met),
        RequestKind.ResourceGroup => _resources.GetResourceGroup(route),
        RequestKind.ScaleSetList => _scaleSets.List(request, route, met),
        RequestKind.ScaleSet => route.IsWrite ? _scaleSets.Patch(request, route, met) : _scaleSets.Get(request, route, met),
        RequestKind.InstanceView => _scaleSets.GetInstanceView(route),
        RequestKind.ScaleSetInstances => _scaleSets.ListInstances(request, route),
        RequestKind.ScaleSetSizes => _scaleSets.ListSizes(request, route),
        RequestKind.ScaleSetUpgrade => _scaleSets.Upgrade(request, route, met),
        RequestKind.ScaleSetRollOut => _scaleSets.GetRollOut(route),
        RequestKind.PlanApps => _plans.ListApps(request, route),
        RequestKind.PlanList => _plans.List(request, route, met),
        RequestKind.Plan => route.IsWrite ? _plans.Write(request, route, met) : _plans.Get(route, met),
        RequestKind.VirtualMachineList => _machines.List(request, route),
        RequestKind.VirtualMachine => route.IsWrite ? _machines.Patch(request, route, met) : _machines.Get(request, route),
        RequestKind.VirtualMachineSizes => _machines.ListSizes(route),
        RequestKind.PlanSizes => _plans.ListSizes(route),
        RequestKind.VirtualMachineAction => _machines.Act(request, route, met),
        RequestKind.DeclaredList => _declared.List(request, route),
        RequestKind.Declared => route.IsWrite ? _declared.Write(request, route, met) : _declared.Get(request, route),
        RequestKind.AutoscaleSettingList => _autoscale.List(request, route),
        RequestKind.AutoscaleSetting => route.IsWrite ? _autoscale.Change(request, route) : _autoscale.Get(route),
        RequestKind.Operation or RequestKind.PlanOperation or RequestKind.DeclaredOperation => _operations.Get(request, route, met),
        RequestKind.Metrics => _metrics.Get(request, route, met),
        RequestKind.MetricsBatch => _metrics.GetBatch(request, route, met),
        RequestKind.MetricDefinitions => _definitions.List(request, route),
        RequestKind.LogQuery => _logs.Query(request, route),
        RequestKind.Prices => _prices.List(request),
        RequestKind.ActivityLog => _activity.List(request, route),
        RequestKind.AdviceList => _lists.Advice(request, route),
        RequestKind.ReservationList => _lists.Reservations(),
        RequestKind.LockList => _limits.Locks(request, route),
        RequestKind.PermissionList => _limits.Permissions(request, route),
        RequestKind.UsageList => _limits.Usages(request, route),
        RequestKind.SizeList => _limits.Sizes(request, route),
        RequestKind.CostQuery => _costs.Query(request, route),
        RequestKind.CostForecast => _costs.Forecast(request, route),
        RequestKind.UsageDetails => _usageDetails.List(request, route),
        RequestKind.TopicEvents => topics.Take(request, route),
        RequestKind.BudgetList => _budgets.List(route),
        RequestKind.Budget => route.IsWrite ? _budgets.Put(request, route) : _budgets.Get(route),
        _ => SandboxAnswer.Error(404, "NotFound", $"The sandbox has no {request.Method} https://{request.Host}{request.Path}."),
    };

    private static bool IsWrite(SandboxRequest request, RequestRoute route) =>
        request.Method is not ("GET" or "HEAD" or "OPTIONS") && route.Kind is not (RequestKind.MetricsBatch or RequestKind.LogQuery or RequestKind.ResourceGraph or RequestKind.CostQuery or RequestKind.CostForecast or RequestKind.TopicEvents);

    private void RecordRefused(SandboxRequest request, RequestRoute route, int? status)
    {
        if (IsWrite(request, route))
        {
            _writes.RecordIdle(request, route, status);
        }
    }

    private async Task SendAsync(HttpContext context, SandboxRequest request, SandboxAnswer answer)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        var id = SimulatedEstate.Identifier(3, request.Sequence).ToString();
        response.Headers["x-ms-request-id"] = id;
        response.Headers["x-ms-correlation-request-id"] = request.Header("x-ms-correlation-request-id") ?? id;
        response.Headers[ClockReading.Header] = clock.GetUtcNow().ToString("O");
        response.Headers.CacheControl = "no-cache";
        if (answer.Body.Length > 0)
        {
            response.ContentLength = answer.Body.Length;
        }

        foreach (var (name, value) in answer.AllHeaders)
        {
            response.Headers[name] = value;
        }

        if (answer.Body.Length > 0)
        {
            await response.Body.WriteAsync(answer.Body, context.RequestAborted).ConfigureAwait(false);
        }

        await response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }

    private ValueTask ObserveAsync(RequestMoment moment, SandboxRequest request, RequestRoute route, int? status) =>
        Observer is { } observer
            ? observer(
                new RequestObservation(
                    moment, request.Sequence, clock.GetUtcNow(), request.Method, request.Host, request.Path + request.Query, route.Kind, status),
                stopping)
            : ValueTask.CompletedTask;
}
