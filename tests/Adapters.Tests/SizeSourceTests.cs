using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.Core.Sizes;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Load;

namespace ScaleFunctions.Adapters.Tests;

/// <summary>Sizes as verbs read them that cannot write.</summary>
public sealed class SizeSourceTests : AzureTest
{
    private static readonly TargetId Plan = PlanSpec.IdOf(Subscription, "shop", "portal");

    private static readonly TargetId Machine = VirtualMachineSpec.IdOf(Subscription, "shop", "box");

    public static TheoryData<string, string> Kinds => new() { { Web.Value, "Standard_D4s_v5" }, { Plan.Value, "P1v3" }, { Machine.Value, "Standard_D4s_v5" } };

    protected override SandboxOptions Options() => base.Options() with
    {
        Estate = new EstateSpec([Spec("web")])
        {
            Plans = [new PlanSpec { Id = Plan, Load = new ConstantLoad(1) }],
            VirtualMachines = [new VirtualMachineSpec { Id = Machine, Load = new ConstantLoad(0.5), Sku = "Standard_D4s_v5" }],
        },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_size_of_each_kind_is_read_without_a_writer(string id, string size)
    {
        var target = TargetId.Parse(id);

        var read = Assert.IsType<SizeReading.Read>(await ReadAsync(target));

        Assert.Equal(size, read.Size);
        Assert.Contains(size, read.Needs.Offered!);
        Assert.Empty(Sandbox.Writes.All);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_cannot_be_read_says_why(string id, string size)
    {
        Sandbox.Faults.Add(new FaultRule { Effect = new AnswerWith(403, "AuthorizationFailed") });

        Assert.Contains("AuthorizationFailed", Assert.IsType<SizeReading.Unreadable>(await ReadAsync(TargetId.Parse(id))).Reason, StringComparison.Ordinal);
        Assert.NotEmpty(size);
    }

    private async Task<SizeReading> ReadAsync(TargetId target)
    {
        await using var provider = new ServiceCollection().AddLogging().AddAzureReads(Connect().Connection, []).BuildServiceProvider();
        return await provider.GetServices<ISizeSource>().Single(source => source.Serves(target.ResourceType)).ReadSizeAsync(target, Cancellation);
    }
}
