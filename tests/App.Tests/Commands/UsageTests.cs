using System.Text.Json;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Load;

namespace ScaleFunctions.App.Tests.Commands;

/// <summary>The verb <c>usage</c> on an estate of which no run of ours remembers anything, at ten on a Monday night; hours are 07:00 to 19:00.</summary>
public sealed class UsageTests
{
    private const string Policy =
        """
        apiVersion: scalefunctions/v1
        kind: Workload
        metadata: { name: machines }
        spec: { select: { type: vm } }
        ---
        apiVersion: scalefunctions/v1
        kind: HorizontalScaling
        metadata: { name: bounds }
        spec: { workload: machines, instances: { minimum: 1, maximum: 1 } }
        ---
        apiVersion: scalefunctions/v1
        kind: UsageOptimization
        metadata: { name: nights }
        spec: { workload: machines, offHours: { onHours: ["Mon-Fri 07:00-19:00"], to: { instances: 0 } } }
        """;

    [Fact]
    public async Task What_there_is_is_held_against_the_hours_and_nothing_is_written()
    {
        await using var place = new Workplace();
        place.Write("nights/nights.yml", Policy);
        await using var sandbox = await StartAsync(22);

        var view = (await place.RunAsync($"usage --sandbox {At(sandbox)} --policies nights --format json")).ShouldBe(0).ShouldHideItsInside().Json();

        Assert.Equal(["idle: off, start", "late: not off, start"], Told(view));
        Assert.False(view.GetProperty("isRemembered").GetBoolean());
        Assert.Empty(sandbox.Writes.All);
        Assert.Contains("is known only where a run of ScaleFunctions keeps its state", (await place.RunAsync($"usage --sandbox {At(sandbox)} --policies nights")).ShouldBe(0).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_hours_what_is_down_is_told()
    {
        await using var place = new Workplace();
        place.Write("nights/nights.yml", Policy);
        await using var sandbox = await StartAsync(10);

        var view = (await place.RunAsync($"usage --sandbox {At(sandbox)} --policies nights --format json")).ShouldBe(0).Json();

        Assert.Equal(["idle: not on, stop", "late: on, stop"], Told(view));
    }

    [Fact]
    public async Task What_could_not_be_read_is_told_and_the_exit_code_says_so()
    {
        await using var place = new Workplace();
        place.Write("nights/nights.yml", Policy);
        await using var sandbox = await StartAsync(22, [new FaultRule { Target = "virtualMachines", Effect = new AnswerWith(403, "AuthorizationFailed") }]);

        var told = (await place.RunAsync($"usage --sandbox {At(sandbox)} --policies nights")).ShouldBe(3);

        Assert.Contains("not read: ", told.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("usage --azure --estate shop", "are different estates; give one of them")]
    [InlineData("usage --azure --state st", "are different estates; give one of them")]
    [InlineData("usage --subscription mine", "'mine' does not fit --subscription")]
    [InlineData("usage --azure --policies nowhere", "nowhere")]
    public async Task What_makes_no_sense_is_refused(string arguments, string error)
    {
        await using var place = new Workplace();

        (await place.RunAsync(arguments)).ShouldRefuse(error);
    }

    private static IEnumerable<string> Told(JsonElement view) => view.GetProperty("targets").EnumerateArray()
        .Select(line => $"{line.GetProperty("target").GetString()}: {line.GetProperty("state").GetString()}, {line.GetProperty("next").GetString()}");

    private static Task<SandboxServer> StartAsync(int hour, IReadOnlyList<FaultRule>? faults = null) => SandboxServer.StartAsync(
        new SandboxOptions
        {
            Start = new DateTimeOffset(2026, 1, 5, hour, 0, 0, TimeSpan.Zero),
            Estate = new EstateSpec([]) { VirtualMachines = [Machine("idle", 0), Machine("late", 1)] },
            Behavior = new EstateOptions { History = TimeSpan.FromHours(1) },
            Faults = faults ?? [],
        },
        TestContext.Current.CancellationToken);

    private static VirtualMachineSpec Machine(string name, int count) => new()
    {
        Id = VirtualMachineSpec.IdOf(EstateSpec.DefaultSubscription, "shop", name),
        Sku = "Standard_D4s_v5",
        InitialCapacity = count,
        Load = new ConstantLoad(0.02),
    };

    private static string At(SandboxServer sandbox) => $"{sandbox.Port}/{sandbox.Thumbprint}";
}
