using System.Net.Sockets;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.App.Commands;
using ScaleFunctions.App.Local.Triggers;
using ScaleFunctions.Core.Autoscale;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Autoscale;
using ScaleFunctions.Sandbox.Connections;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Load;
using ScaleFunctions.Sandbox.Time;

namespace ScaleFunctions.App.Local;

/// <summary>The simulated Azure of a local run: one of its own, or one that another process serves.</summary>
internal sealed class SimulatedAzure : IAsyncDisposable
{
    /// <summary>A sandbox of this machine answers at once; what does not is something else.</summary>
    private static readonly TimeSpan LongestGreeting = TimeSpan.FromSeconds(10);

    private readonly HttpMessageHandler _handler;
    private readonly SandboxServer? _server;

    private SimulatedAzure(SandboxConnection connection, ISimulatedTime time, SandboxServer? server)
    {
        Address = connection;
        Time = time;
        _server = server;
        _handler = connection.CreateHandler(time);
        Connection = new AzureConnection
        {
            Credential = new SandboxCredential(),
            Time = time.Clock,
            Transport = AzureConnection.Over(_handler),
            ReadRetryDelay = new PacedDelay(),
            Waiting = time.SpendAsync,
        };
    }

    public SandboxConnection Address { get; }

    public ISimulatedTime Time { get; }

    public AzureConnection Connection { get; }

    /// <summary>The fleets as they really are; empty for a sandbox of another process, which has its own report.</summary>
    public IReadOnlyList<FleetReport> Fleets => _server?.Estate.Report() ?? [];

    /// <summary>The sandbox of this process, with all that it knows; absent for one of another process.</summary>
    public SandboxServer? Server => _server;

    /// <summary>The events of a sandbox in this process; one of another process sends none.</summary>
    public SandboxEvents? Events(LocalTriggerHost host) => _server is null ? null : new SandboxEvents(_server, host);

    /// <summary>The calls of action groups of a sandbox in this process, to the app from now on; one of another process calls nobody.</summary>
    public SandboxCalls? Calls(Uri app) => _server is null ? null : new SandboxCalls(_server, app);

    /// <summary>Starts a sandbox in this process.</summary>
    /// <param name="settings">Load, speed and faults.</param>
    /// <param name="resumeAt">The simulated time that the state has reached, when it has been used before.</param>
    /// <param name="capacities">Capacities the state knows, by target key: the fleets begin with these.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<SimulatedAzure> StartAsync(
        LocalSettings settings, DateTimeOffset? resumeAt, IReadOnlyDictionary<string, int> capacities, CancellationToken cancellationToken)
    {
        var (estate, start) = Estate(settings, resumeAt);
        var options = new SandboxOptions
        {
            Speed = settings.Speed,
            Estate = estate with
            {
                ScaleSets = [.. estate.ScaleSets.Select(scaleSet => scaleSet with { InitialCapacity = Begin(scaleSet) })],
                Plans = [.. estate.Plans.Select(plan => plan with { InitialCapacity = Begin(plan) })],
                VirtualMachines = [.. estate.VirtualMachines.Select(machine => machine with { InitialCapacity = Begin(machine) })],
                AutoscaleSettings = [.. estate.AutoscaleSettings, .. Autoscale(settings.Autoscale)],
            },
            Faults = [.. settings.Scenario?.Faults ?? [], .. Faults(settings.Faults)],
        };
        try
        {
            var server = await SandboxServer.StartAsync(options with { Start = start ?? options.Start }, cancellationToken);
            return new SimulatedAzure(server.Connection, server.Clock, server);
        }
        catch (FormatException exception) when (settings.Autoscale is { } file)
        {
            throw new UserErrorException($"the settings in {file} cannot be used: {exception.Message}", exception);
        }

        int Begin(ResourceSpec spec) => capacities.GetValueOrDefault(spec.Id.Key, spec.InitialCapacity);
    }

    /// <summary>Starts a sandbox in this process that holds just what is told.</summary>
    public static async Task<SimulatedAzure> StartAsync(EstateSpec estate, CancellationToken cancellationToken)
    {
        var server = await SandboxServer.StartAsync(new SandboxOptions { Estate = estate }, cancellationToken);
        return new SimulatedAzure(server.Connection, server.Clock, server);
    }

    /// <summary>Connects to a sandbox that another process serves.</summary>
    public static async Task<SimulatedAzure> ConnectAsync(SandboxConnection connection, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(LongestGreeting);
        try
        {
            return new SimulatedAzure(connection, await RemoteSimulatedTime.ConnectAsync(connection, patience.Token), server: null);
        }
        catch (HttpRequestException exception) when (exception.InnerException is SocketException)
        {
            throw new UserErrorException(
                $"no sandbox listens on port {connection.Port} of this machine; start it first, or correct the port", exception);
        }
        catch (HttpRequestException exception)
        {
            throw new UserErrorException(
                $"what listens on port {connection.Port} is not the sandbox with the thumbprint {connection.Thumbprint[..8]}…; "
                + "copy both from the sandbox, they change with every start", exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new UserErrorException(
                $"what listens on port {connection.Port} does not answer as a sandbox within {LongestGreeting.TotalSeconds:0} s; correct the port", exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _handler.Dispose();
        (Time as IDisposable)?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    private static (EstateSpec Estate, DateTimeOffset? Start) Estate(LocalSettings settings, DateTimeOffset? resumeAt)
    {
        if (settings.Trace is null)
        {
            var estate = settings.Scenario?.Estate(settings.Seed) ?? EstateNames.Create(settings.Estate, settings.Seed);
            return (estate, resumeAt ?? settings.Scenario?.Start ?? estate.Begins);
        }

        TraceLoad trace;
        try
        {
            trace = TraceLoad.Load(settings.Trace, settings.TraceMean);
        }
        catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(exception.Message, exception);
        }

        if (trace.Gaps.Count > 0)
        {
            Terminal.Note(
                $"note: gaps in {settings.Trace}: {trace.Gaps.Count}, the longest of {SpanText.Describe(trace.Gaps.Longest)}; filled with straight lines");
        }

        return (EstateSpec.OfTrace(Path.GetFileNameWithoutExtension(settings.Trace), trace, settings.TraceMean), resumeAt ?? trace.Start);
    }

    private static IReadOnlyList<AutoscaleSettingSpec> Autoscale(string? file)
    {
        var specs = new List<AutoscaleSettingSpec>();
        foreach (var setting in file is null ? [] : SettingFiles.Read(file))
        {
            var id = AutoscaleText.Of(setting, "id");
            specs.Add(TargetId.TryParse(id, out var known)
                ? new AutoscaleSettingSpec(known, setting.GetRawText())
                : throw new UserErrorException($"the settings in {file} cannot be used: '{id}' is not the id of a setting"));
        }

        return specs;
    }

    private static IReadOnlyList<FaultRule> Faults(string? file)
    {
        if (file is null)
        {
            return [];
        }

        if (Directory.Exists(file))
        {
            throw new UserErrorException($"{file} is a directory; name a JSON file of faults");
        }

        try
        {
            return FaultPlan.Parse(File.ReadAllText(file));
        }
        catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"the faults in {file} cannot be read: {exception.Message} Expected is a JSON list such as [ {{ \"target\": \"virtualMachineScaleSets\", \"effect\": {{ \"kind\": \"throttle\", \"retryAfterSeconds\": 60 }} }} ]", exception);
        }
    }
}
