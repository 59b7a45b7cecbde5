/** Names the made-up organisation of the sandbox: one tenant and the people in it. */

export type Person = Readonly<{
  /** The directory's object id. */
  oid: string;
  /** The tenant id. */
  tid: string;
  name: string;
  userPrincipalName: string;
  /** Where a guest's account lives; their own tenant without it. */
  home?: Readonly<{ oid: string; tid: string }>;
}>;

export const sandboxTenantId = '7f1c3a52-5b0e-4c3a-9d57-2f6f0b7a1e01';

const person = (digit: number, name: string): Person => ({
  oid: `5e1f0a6${digit}-8c3d-4b7a-9f21-6d0c4e8b1a0${digit}`,
  tid: sandboxTenantId,
  name,
  userPrincipalName: `${name.split(' ')[0]?.toLowerCase() ?? ''}@sandbox.example`,
});

const ada = person(0, 'Ada Sandfield');

export const teamOwner = person(1, 'Benno Quarz');

const cleo = person(2, 'Cleo Harbour');

/** Who can write and press in groups and channels: who sits there, an owner of the team, a member. */
export const speakers: readonly [Person, ...Person[]] = [ada, teamOwner, cleo];

/** The first one is who sits in front of the Playground; it wants exactly five others. */
export const sandboxPeople: readonly [Person, ...Person[]] = [
  ...speakers,
  person(3, 'Dario Fenn'),
  person(4, 'Edda Møller'),
  person(5, 'Farid Okono'),
];
