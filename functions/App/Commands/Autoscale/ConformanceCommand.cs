using System.CommandLine;
using System.Text.Json;
using Azure;
using Azure.Identity;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Conformance;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.App.Local;
using ScaleFunctions.App.Reports;
using ScaleFunctions.Core.Conformance;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Load;

namespace ScaleFunctions.App.Commands.Autoscale;

/// <summary>
/// Runs real operations on a resource that somebody made for it, and compares the answers with what the sandbox does. It is the only
/// verb that writes to Azure from the command line, so it takes a name and a word.
/// </summary>
internal static class ConformanceCommand
{
    public static Command Create()
    {
        var resource = new Option<string>("--resource")
        {
            Description = "Id of a scale set or an App Service plan that was made for this: it gets one instance more for some minutes.",
            HelpName = "ID",
            Required = true,
        };
        var isOwned = new Option<bool>("--i-own-this") { Description = "That the resource may be scaled now, and what it costs is mine." };
        var sandbox = new Option<string?>("--sandbox") { Description = "Try the sandbox of another process in place of Azure.", HelpName = "PORT/THUMBPRINT" };
        var write = new Option<string?>("--write") { Description = "Also write the comparison to a file, as Markdown.", HelpName = "FILE" };
        var format = SharedOptions.Format();
        var command = new Verb(
            "conformance", "Run real operations on a resource made for it, and compare with the sandbox: matched, differs, never tried. Exit code 2 when something differs.", "sf conformance --resource /subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/lab/providers/Microsoft.Compute/virtualMachineScaleSets/throwaway --i-own-this")
        {
            resource, isOwned, sandbox, write, format,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(resource)!, parsed.GetValue(isOwned), parsed.GetValue(sandbox), parsed.GetValue(write), parsed.GetValue(format), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string resource, bool isOwned, string? sandbox, string? write, OutputFormat format, CancellationToken cancellationToken)
    {
        if (!TargetId.TryParse(resource, out var target))
        {
            throw new UserErrorException($"'{resource}' does not fit --resource; expected the id of a resource (/subscriptions/…/resourceGroups/…/providers/…/…/…)");
        }

        if (!isOwned)
        {
            throw new UserErrorException($"this scales {target.Name} out by one instance and back, which costs money and may disturb what runs on it; add --i-own-this if it was made for this");
        }

        WholeFile.RequireWritable(write);
        await using var other = sandbox is null ? null : await SimulatedAzure.ConnectAsync(SandboxAddress.Parse(sandbox), cancellationToken);
        var connection = other?.Connection ?? new AzureConnection { Credential = AzureCredentials.SignedIn(), Time = TimeProvider.System };
        var real = await TryAsync("the resource", connection, target, other is null ? Delay : other.Time.SpendAsync, cancellationToken);
        if (real.Seen.Count == 0)
        {
            throw new UserErrorException($"{target.Name}: {real.Problem ?? "it did not answer"}");
        }

        await using var own = await StandInAsync(connection, target, cancellationToken);
        var simulated = await TryAsync("the sandbox", own.Connection, target, own.Time.SpendAsync, cancellationToken);
        var isPlan = new RawExchanges(own.Connection, target).IsPlan;
        var view = new ConformanceView(target.Value, TimeProvider.System.GetUtcNow(), ConformanceComparison.Compare(ConformanceRun.Steps(isPlan), real.Seen, simulated.Seen));
        Print(view, format);
        if (write is not null)
        {
            WholeFile.Write(write, Markdown(view, sandbox is null ? "Azure" : "a sandbox of another process"), cancellationToken);
            Terminal.Note($"{write}: the comparison");
        }

        if (real.Problem is { } problem)
        {
            Terminal.Note($"error: {target.Name}: {problem}");
            return ExitCodes.Failed;
        }

        return view.Differs > 0 ? ExitCodes.WouldChange : ExitCodes.Done;
    }

    private static async ValueTask Delay(TimeSpan time, CancellationToken cancellationToken) => await Task.Delay(time, cancellationToken);

    private static async Task<ConformanceRun> TryAsync(
        string what, AzureConnection connection, TargetId target, Func<TimeSpan, CancellationToken, ValueTask> wait, CancellationToken cancellationToken)
    {
        ConformanceRun? run = null;
        try
        {
            var exchanges = new RawExchanges(connection, target);
            run = new ConformanceRun(exchanges, wait);
            await WorkBar.WhileAsync($"trying {what}", ConformanceRun.Steps(exchanges.IsPlan).Count, isDone => run.GoAsync(isDone, cancellationToken));
            return run;
        }
        catch (Exception exception) when (exception is ArgumentException or RequestFailedException or AuthenticationFailedException or HttpRequestException or JsonException or AggregateException)
        {
            var wayOut = exception is AuthenticationFailedException ? "; sign in with 'az login', or run it where there is a managed identity" : "";
            throw new UserErrorException($"{target.Name}: {exception.Message.Split('\n')[0]}{wayOut}{(run?.Problem is { } left ? $"; {left}" : "")}", exception);
        }
        catch (OperationCanceledException exception) when (run?.Problem is { } left)
        {
            // Who ended it has to know what is left to do.
            throw new UserErrorException($"{target.Name}: {left}", exception);
        }
    }

    /// <summary>A sandbox with one resource, as like the real one as what is read of it.</summary>
    private static async Task<SimulatedAzure> StandInAsync(AzureConnection connection, TargetId target, CancellationToken cancellationToken)
    {
        var exchanges = new RawExchanges(connection, target);
        var answer = await exchanges.GetAsync(cancellationToken);
        var body = answer.Body ?? throw new UserErrorException($"{target.Name}: it cannot be read any more");
        var (region, sku, tier, capacity) = (Text(body, "location"), Text(body, "sku", "name"), Text(body, "sku", "tier"), Number(body, "sku", "capacity"));
        var load = new ConstantLoad(0.1);
        var tags = body.TryGetProperty("tags", out var named) && named.ValueKind == JsonValueKind.Object
            ? named.EnumerateObject().ToDictionary(tag => tag.Name, tag => tag.Value.ToString()) : [];
        return await SimulatedAzure.StartAsync(exchanges.IsPlan
            ? new EstateSpec([]) { Plans = [new PlanSpec { Id = target, Load = load, Region = region, Sku = sku, Tier = tier, InitialCapacity = capacity, Tags = tags }] }
            : new EstateSpec([new ScaleSetSpec { Id = target, Load = load, Region = region, Sku = sku, InitialCapacity = capacity, Tags = tags, Zones = Zones(body) }]), cancellationToken);
    }

    private static IReadOnlyList<string> Zones(JsonElement body) =>
        body.TryGetProperty("zones", out var zones) && zones.ValueKind == JsonValueKind.Array ? [.. zones.EnumerateArray().Select(zone => zone.ToString())] : [];

    private static string Text(JsonElement body, params string[] path) => Member(body, path) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";

    private static int Number(JsonElement body, params string[] path) => Member(body, path) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var count) ? count : 1;

    private static JsonElement? Member(JsonElement body, string[] path)
    {
        JsonElement? value = body;
        foreach (var name in path)
        {
            value = value is { ValueKind: JsonValueKind.Object } owner && owner.TryGetProperty(name, out var member) ? member : null;
        }

        return value;
    }

    private static void Print(ConformanceView view, OutputFormat format)
    {
        Rows(view).Print(format, view, AppJson.Default.ConformanceView, "nothing was compared");
        if (format is OutputFormat.Table or OutputFormat.Markdown)
        {
            Terminal.Write($"\n{Sum(view)}");
        }
    }

    private static Sheet Rows(ConformanceView view)
    {
        var sheet = new Sheet("step", "point", "outcome", "there", "sandbox");
        foreach (var row in view.Rows)
        {
            sheet.Add(row.Step, row.Point, Word(row.Outcome), row.Real, row.Sandbox);
        }

        return sheet;
    }

    private static string Sum(ConformanceView view) => $"{view.Matched} matched, {view.Differs} differ, {view.NeverTried} never tried";

    private static string Word(ConformanceOutcome outcome) => outcome switch
    {
        ConformanceOutcome.Matched => "matched",
        ConformanceOutcome.Differs => "differs",
        _ => "never tried",
    };

    private static string Markdown(ConformanceView view, string what) =>
        $"# Sandbox against {what}\n\n{Terminal.Printable(view.Resource)}, {view.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC: {Sum(view)}.\n\n{Rows(view).Markdown()}\n";
}
